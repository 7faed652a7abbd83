/** What was deployed on this host, and how it ended. */
@NullMarked
package dev.stretcher.ledger;

import org.jspecify.annotations.NullMarked;
