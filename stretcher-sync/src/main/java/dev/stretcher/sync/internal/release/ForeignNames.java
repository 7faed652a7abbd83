package dev.stretcher.sync.internal.release;

import dev.stretcher.file.ReservedNames;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Names in a dest that are no part of releases, such as what a deploy by tree has left there. */
record ForeignNames(Container container) {
  private static final Set<Path> OWN =
      Set.of(Container.CURRENT, Container.RELEASES, Container.SHARED, Container.STATE);

  private static final int MOST_TOLD = 3;

  /** Returns a warning, if there are such names. */
  Optional<String> warning() throws IOException {
    List<Path> names = new ArrayList<>();
    try (DirectoryStream<Path> there = Files.newDirectoryStream(container.dest().stable())) {
      for (Path path : there) {
        Path name = Objects.requireNonNull(path.getFileName());
        if (!OWN.contains(name) && !isReserved(name)) {
          names.add(name);
        }
      }
    }
    names.sort(null);
    return names.isEmpty() ? Optional.empty() : Optional.of(text(names));
  }

  private static boolean isReserved(Path name) {
    String text = new String(NativeText.bytes(name), StandardCharsets.ISO_8859_1);
    return ReservedNames.isReserved(text) || text.startsWith(CurrentLink.TEMPORARY);
  }

  private String text(List<Path> names) {
    List<String> told = new ArrayList<>();
    for (Path name : names.subList(0, Math.min(names.size(), MOST_TOLD))) {
      told.add(Printable.of(name));
    }
    int more = names.size() - told.size();
    return "release: %s%s in %s: no part of a release, and left there; the application uses %s. Remove them, if nothing else does"
        .formatted(
            String.join(", ", told),
            more > 0 ? " and %s more".formatted(more) : "",
            Printable.of(container.dest().path()),
            Printable.of(container.named(Container.CURRENT)));
  }
}
