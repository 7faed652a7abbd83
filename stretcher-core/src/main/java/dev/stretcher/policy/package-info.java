/** What an operator allows an agent to deploy, and by whose word. */
@NullMarked
package dev.stretcher.policy;

import org.jspecify.annotations.NullMarked;
