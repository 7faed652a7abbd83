/** The rules of an operator: what an agent may deploy, and who may sign it. */
@NullMarked
package dev.stretcher.policy;

import org.jspecify.annotations.NullMarked;
