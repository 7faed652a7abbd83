/**
 * When it is the turn of a host to switch in a rollout: slots, order, and the failures of others.
 */
@NullMarked
package dev.stretcher.internal.rollout;

import org.jspecify.annotations.NullMarked;
