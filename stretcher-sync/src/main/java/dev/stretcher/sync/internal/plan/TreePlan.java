package dev.stretcher.sync.internal.plan;

import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.plan.Operation.Put;
import dev.stretcher.sync.internal.plan.Operation.Remove;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The operations that make dest equal to the staged tree, in their order: put, remove, adjust.
 *
 * @param puts by path, so that a directory comes before its content
 * @param carried the names in new directories, by directory, if they are told
 * @param removes by path, the content of a directory before it
 * @param adjusts of files and directories, the deepest first
 * @param hidden the staged names that are excluded, in new directories
 * @param opened the directories that were closed to their owner and were opened to be listed, with
 *     their final attributes
 * @param directories the final attributes of each staged directory whose content changes
 * @param carriedTotals the totals of all names in new directories
 * @param keptBytes the sizes of the regular files whose content stays
 * @param present how many names dest has that are not excluded
 */
public record TreePlan(
    List<Put> puts,
    List<CarriedNames> carried,
    List<Remove> removes,
    Adjusts adjusts,
    List<Path> hidden,
    Map<Path, FileState> opened,
    Map<Path, FileState> directories,
    Carried carriedTotals,
    long keptBytes,
    long present) {

  /**
   * How many names come with new directories, and are not among the puts.
   *
   * @param names how many there are
   * @param bytes of the regular files among them
   */
  record Carried(long names, long bytes) {}
}
