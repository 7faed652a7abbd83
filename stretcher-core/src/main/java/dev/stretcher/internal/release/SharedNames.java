package dev.stretcher.internal.release;

import dev.stretcher.report.Difference;
import dev.stretcher.spi.Syncer;
import dev.stretcher.text.NativeText;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The names in a release that are links to what all releases share, as a deploy has kept them. */
public final class SharedNames {
  private final Set<Path> names;

  public SharedNames(List<String> names) {
    this.names = names.stream().map(NativeText::path).collect(Collectors.toSet());
  }

  /** Returns the names as names that a sync leaves alone. */
  public Syncer.LeftAlone leftAlone() {
    return (path, directory) -> names.contains(path);
  }

  /** Tells whether a directory is there only because a shared name is in it. */
  public boolean explain(Difference difference) {
    return difference.kind() == Difference.Kind.EXTRA
        && names.stream().anyMatch(name -> name.startsWith(difference.path()));
  }
}
