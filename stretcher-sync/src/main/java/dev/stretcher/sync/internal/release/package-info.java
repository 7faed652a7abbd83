/**
 * The {@code release} syncer: releases in directories of their own, and the link that leads to one
 * of them. Start reading at {@code ReleaseStore}.
 */
@NullMarked
package dev.stretcher.sync.internal.release;

import org.jspecify.annotations.NullMarked;
