package dev.stretcher.sync.internal.release;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.sync.internal.directory.DescriptorSearch;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What keeps a dest from having releases. */
record Obstacles(PinnedPlace place) {
  /** Refuses a dest that cannot have them, or not as it is. */
  void require() throws IOException {
    Optional<Container> there = Container.look(place);
    if (there.isEmpty()) {
      return;
    }
    Container container = there.get();
    requireOneFileSystem(container);
    requireWritable(container);
    CurrentLink.live(container);
    DescriptorSearch.alone(() -> ReleaseStore.of(container));
  }

  private static void requireOneFileSystem(Container container) throws IOException {
    if (container.releases().isEmpty()) {
      return;
    }
    Path releases = container.releases().get().stable();
    List<Path> mounted = container.dest().mountPoints();
    boolean same =
        !mounted.contains(Container.RELEASES)
            && Files.getAttribute(releases, "unix:dev")
                .equals(Files.getAttribute(container.dest().stable(), "unix:dev"));
    if (!same) {
      throw refused(
          container,
          Container.RELEASES,
          "it is on another file system than dest; unmount it, or make dest that file system");
    }
  }

  private static void requireWritable(Container container) throws IOException {
    requireWritable(container, container.dest(), Path.of(""));
    if (container.releases().isPresent()) {
      requireWritable(container, container.releases().get(), Container.RELEASES);
    }
  }

  private static void requireWritable(Container container, PinnedPlace directory, Path name)
      throws IOException {
    if (!Files.isWritable(directory.stable())) {
      throw refused(
          container, name, "it is not writable; let the user of this process write there");
    }
  }

  private static FileSystemException refused(Container container, Path name, String reason) {
    return new FileSystemException(Printable.of(container.named(name)), null, reason);
  }
}
