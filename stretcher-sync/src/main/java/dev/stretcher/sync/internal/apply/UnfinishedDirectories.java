package dev.stretcher.sync.internal.apply;

import dev.stretcher.sync.internal.directory.Directories;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.OpenDirectory;
import dev.stretcher.sync.internal.directory.Relative;
import dev.stretcher.sync.internal.plan.Operation.Adjust;
import dev.stretcher.sync.internal.plan.TreeContext;
import dev.stretcher.sync.internal.plan.TreePlan;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The directories that do not have their final attributes yet: work on their content changes their
 * times, and may need another mode. Not thread-safe.
 */
final class UnfinishedDirectories {
  private final Map<Path, FileState> staged = new HashMap<>();
  private final Map<Path, FileState> wanted = new HashMap<>();

  /** The directories of which more than the time may differ. */
  private final Set<Path> adjusted = new HashSet<>();

  /** Takes over the directories of a plan. */
  void begin(TreePlan plan) {
    plan.directories().forEach(staged::putIfAbsent);
    for (Adjust adjust : plan.adjusts()) {
      if (adjust.dest().isDirectory()) {
        wanted.put(adjust.path(), adjust.staged());
        adjusted.add(adjust.path());
      }
    }
    wanted.putAll(plan.opened());
    adjusted.addAll(plan.opened().keySet());
  }

  /** Remembers that the content of directories changes. */
  void touch(Collection<Path> paths) {
    for (Path path : paths) {
      FileState state = staged.get(path);
      if (state != null) {
        wanted.put(path, state);
      }
    }
  }

  /** Gives the directories their final attributes, the deepest first. */
  void finish(TreeContext context, Directories dest, DestChanges changes)
      throws IOException, InterruptedException {
    Attributes attributes = new Attributes(context.privilege());
    for (List<Path> level : deepestFirst()) {
      context
          .workers()
          .forEach(
              level,
              path ->
                  dest.in(
                      path,
                      open -> changes.naming(path, () -> finish(open, path, dest, attributes))));
    }
  }

  private void finish(OpenDirectory open, Path path, Directories dest, Attributes attributes)
      throws IOException {
    FileState state = Objects.requireNonNull(wanted.get(path));
    if (adjusted.contains(path) || !setModified(open, state)) {
      dest.pinned(open, here -> attributes.adjust(here, state));
    }
  }

  private static boolean setModified(OpenDirectory open, FileState state) throws IOException {
    try {
      return open.setModified(state.modified());
    } catch (FileSystemException e) {
      throw Attributes.notSet("modification time", e);
    }
  }

  private List<List<Path>> deepestFirst() {
    Map<Integer, List<Path>> byDepth =
        wanted.keySet().stream()
            .collect(
                Collectors.groupingBy(
                    path -> -Relative.depth(path), TreeMap::new, Collectors.toList()));
    return new ArrayList<>(byDepth.values());
  }
}
