/**
 * The {@code tree} syncer: a planner that decides, an executor that acts, and the directories that
 * they look at and change. Start reading at {@code TreeSync}.
 */
@NullMarked
package dev.stretcher.sync.internal.tree;

import org.jspecify.annotations.NullMarked;
