package dev.stretcher.sync.internal.release;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.sync.internal.journal.ReleaseId;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The link by which an application finds the live release. */
final class CurrentLink {
  /** A link with such a name was not renamed any more. */
  static final String TEMPORARY = ".current.";

  private static final String REMEDY =
      "; move it away, and let the application use the link that a deploy makes there";

  private CurrentLink() {}

  /**
   * Returns the release that the link leads to; empty if there is no link, or one that leads to
   * nothing.
   *
   * @throws IOException if something else is there
   */
  static Optional<String> live(Container container) throws IOException {
    Path link = container.dest().stable().resolve(Container.CURRENT);
    if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    if (!Files.isSymbolicLink(link)) {
      String kind = Files.isDirectory(link, LinkOption.NOFOLLOW_LINKS) ? "directory" : "file";
      throw refused(container, "it is a " + kind + ", not a link to a release" + REMEDY);
    }
    try {
      Path real = link.toRealPath();
      Path id = real.getFileName();
      Path parent = real.getParent();
      boolean inside =
          id != null
              && parent != null
              && container.releases().map(place -> place.isAt(parent)).orElse(false)
              && Files.isDirectory(real)
              && ReleaseId.isOne(id.toString());
      if (!inside) {
        throw refused(
            container, "it leads to %s, not to a release%s".formatted(Printable.of(real), REMEDY));
      }
      return Optional.of(id.toString());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Tells whether {@link #live} has something to say, and nothing to refuse. */
  static boolean isToRelease(Container container) {
    try {
      return live(container).isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  /** Tells whether there is a link that leads to nothing. */
  static boolean isDangling(Container container) {
    Path link = container.dest().stable().resolve(Container.CURRENT);
    return Files.isSymbolicLink(link) && !Files.exists(link);
  }

  private static FileSystemException refused(Container container, String reason) {
    return new FileSystemException(Printable.of(container.named(Container.CURRENT)), null, reason);
  }

  /** Makes the link lead to a release, by one rename. */
  static void switchTo(Container container, String id, Steps steps) throws IOException {
    PinnedPlace dest = container.dest();
    Path temporary = dest.stable().resolve(TEMPORARY + id);
    Files.deleteIfExists(temporary);
    Files.createSymbolicLink(temporary, Container.RELEASES.resolve(id));
    try {
      steps.done(Steps.Step.LINK_MADE);
      Files.move(
          temporary, dest.stable().resolve(Container.CURRENT), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    steps.done(Steps.Step.LINK_RENAMED);
  }
}
