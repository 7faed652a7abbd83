package dev.stretcher.sync.internal.tree;

import dev.stretcher.spi.OmittedFiles;
import dev.stretcher.sync.internal.filter.FilterRules;
import java.nio.file.Path;

/**
 * What one sync works with.
 *
 * @param staged the root of the staged tree, an absolute path
 * @param omitted what was left out of the staged tree
 * @param dest the directory to make equal to it, without links; it may not exist yet
 */
record TreeContext(
    Path staged,
    OmittedFiles omitted,
    Path dest,
    FilterRules excludes,
    Comparer comparer,
    Privilege privilege,
    Workers workers) {}
