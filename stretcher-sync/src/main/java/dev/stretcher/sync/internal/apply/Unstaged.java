package dev.stretcher.sync.internal.apply;

import dev.stretcher.sync.internal.plan.Adjusts;
import dev.stretcher.sync.internal.plan.DirectoryAdjusts;
import dev.stretcher.sync.internal.plan.Operation.Adjust;
import dev.stretcher.sync.internal.plan.Operation.Put;
import dev.stretcher.sync.internal.plan.Operation.Remove;
import dev.stretcher.sync.internal.plan.TreePlan;
import java.nio.file.Path;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a sync has changed in dest without a staged file that shows it: directories with names that
 * were removed or staged late, and whatever got other attributes. Relative to dest. Used by one
 * thread.
 */
final class Unstaged {
  private final Set<Path> changed = new HashSet<>();
  private final Set<Path> shown = new HashSet<>();
  private final List<DirectoryAdjusts> adjusts = new ArrayList<>();

  void add(TreePlan plan) {
    adjusts.addAll(plan.adjusts().directories());
    for (Put put : plan.puts()) {
      boolean late = put.staged().isLeftOut();
      (late ? changed : shown).add(put.directory());
    }
    for (Remove remove : plan.removes()) {
      if (!remove.carried()) {
        changed.add(remove.directory());
      }
    }
  }

  /**
   * Returns them, without the directories that staged files were put into. There may be hundreds of
   * thousands, whose paths are not kept.
   */
  Collection<Path> names() {
    return new AbstractCollection<>() {
      @Override
      public Iterator<Path> iterator() {
        return all().iterator();
      }

      @Override
      public int size() {
        return Math.toIntExact(all().count());
      }

      @Override
      public boolean isEmpty() {
        return !iterator().hasNext();
      }
    };
  }

  private Stream<Path> all() {
    Stream<Path> adjusted =
        new Adjusts(adjusts).stream().map(Adjust::path).filter(path -> !changed.contains(path));
    return Stream.concat(changed.stream(), adjusted).filter(path -> !shown.contains(path));
  }
}
