package dev.stretcher.sync.internal.apply;

import dev.stretcher.sync.internal.plan.Operation.Adjust;
import dev.stretcher.sync.internal.plan.Operation.Put;
import dev.stretcher.sync.internal.plan.Operation.Remove;
import dev.stretcher.sync.internal.plan.TreePlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What a sync has changed in dest without a staged file that shows it: directories with names that
 * were removed or staged late, and whatever got other attributes. Relative to dest. Used by one
 * thread.
 */
final class Unstaged {
  private final Set<Path> changed = new HashSet<>();
  private final Set<Path> shown = new HashSet<>();

  void add(TreePlan plan) {
    for (Put put : plan.puts()) {
      boolean late = put.staged().isLeftOut();
      (late ? changed : shown).add(put.directory());
    }
    for (Remove remove : plan.removes()) {
      if (!remove.carried()) {
        changed.add(remove.directory());
      }
    }
    for (Adjust adjust : plan.adjusts()) {
      changed.add(adjust.path());
    }
  }

  /** Returns them, without the directories that staged files were put into. */
  Collection<Path> names() {
    Collection<Path> names = new ArrayList<>(changed);
    names.removeIf(shown::contains);
    return names;
  }
}
