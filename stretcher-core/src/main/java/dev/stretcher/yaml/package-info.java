/**
 * YAML as people write it, read into nodes that know where they stand, for messages that say so.
 *
 * <p>Used for manifests and for the agent's configuration.
 */
@NullMarked
package dev.stretcher.yaml;

import org.jspecify.annotations.NullMarked;
