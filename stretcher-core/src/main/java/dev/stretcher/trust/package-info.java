/**
 * Files whose content is believed: what is in them, and which file a name means, may only be up to
 * root and to the user of this process. The rule is that of sudo and sshd.
 *
 * <p>Used for the agent's configuration, its ledger and its certificates. Depends on nothing but
 * the JDK and {@code dev.stretcher.text}.
 */
@NullMarked
package dev.stretcher.trust;

import org.jspecify.annotations.NullMarked;
