/** The record of this host's deploys, and how they ended. */
@NullMarked
package dev.stretcher.ledger;

import org.jspecify.annotations.NullMarked;
