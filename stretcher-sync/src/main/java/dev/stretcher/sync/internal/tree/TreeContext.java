package dev.stretcher.sync.internal.tree;

import dev.stretcher.sync.internal.filter.FilterRules;
import java.nio.file.Path;

/**
 * What one sync works with.
 *
 * @param staged the root of the staged tree, an absolute path
 * @param dest the directory to make equal to it, without links; it may not exist yet
 */
record TreeContext(
    Path staged,
    Path dest,
    FilterRules excludes,
    Comparer comparer,
    Privilege privilege,
    Workers workers) {}
