package dev.stretcher.trust;

import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Follows a path name by name, as <a
 * href="https://man7.org/linux/man-pages/man7/path_resolution.7.html">path_resolution(7)</a> says,
 * and looks at each directory and each link on the way: the kernel alone would follow those of
 * everyone. Opens nothing, so that it cannot hang.
 */
final class Walk {
  /** As many as the kernel follows. */
  private static final int MOST_LINKS = 40;

  private final Deque<Step> ahead = new ArrayDeque<>();
  private Inode here;
  private int links;

  /** A name; and the link that says it, unless it is from the path itself. */
  private record Step(Path name, Optional<Path> link) {}

  private Walk(Path path) throws IOException {
    this.here = entered(path.getRoot());
    goOn(path, Optional.empty());
  }

  /**
   * Returns where a path leads to, whose own path has no links.
   *
   * @throws NoSuchFileException if there is nothing of that name, in a directory that is trusted
   * @throws FileSystemException if it leads nowhere, or if others could make it lead elsewhere
   */
  static Inode to(Path path) throws IOException {
    return new Walk(path.toAbsolutePath()).end();
  }

  private Inode end() throws IOException {
    while (!ahead.isEmpty()) {
      Step step = ahead.pop();
      if (!here.isDirectory()) {
        throw Refusal.of(here.path(), "it is a %s, expected a directory".formatted(here.kind()));
      }
      take(step);
    }
    return here;
  }

  private void take(Step step) throws IOException {
    Path directory = here.path();
    switch (step.name().toString()) {
      case "", "." -> {}
      case ".." ->
          here = entered(Optional.ofNullable(directory.getParent()).orElse(directory.getRoot()));
      default -> {
        Inode next = lookUp(step);
        if (next.isLink()) {
          follow(next);
        } else {
          here = requireSafe(next);
        }
      }
    }
  }

  private Inode lookUp(Step step) throws IOException {
    Path directory = here.path();
    try {
      return Inode.of(directory.resolve(step.name()));
    } catch (AccessDeniedException e) {
      throw Refusal.denied(directory, "look into it; let it, for example by chmod a+x");
    } catch (NoSuchFileException e) {
      if (step.link().isPresent()) {
        throw leadsNowhere(step.link().get());
      }
      throw e;
    }
  }

  private void follow(Inode link) throws IOException {
    Untrusted.refuse(link);
    if (++links > MOST_LINKS) {
      throw Refusal.of(link.path(), "links lead on and on from here, or round in a circle");
    }
    Path target = Files.readSymbolicLink(link.path());
    if (target.isAbsolute()) {
      here = entered(target.getRoot());
    }
    goOn(target, Optional.of(link.path()));
  }

  /** Goes along {@code path} first, and then along what is still ahead. */
  private void goOn(Path path, Optional<Path> link) {
    List<Path> names = new ArrayList<>();
    path.forEach(names::add);
    Collections.reverse(names);
    names.forEach(name -> ahead.push(new Step(name, link)));
  }

  private static Inode entered(Path directory) throws IOException {
    return requireSafe(Inode.of(directory));
  }

  private static Inode requireSafe(Inode inode) throws IOException {
    if (!inode.isFile() && !inode.isDirectory()) {
      throw Refusal.of(inode.path(), "it is a %s, expected a file".formatted(inode.kind()));
    }
    Untrusted.refuse(inode);
    return inode;
  }

  private static FileSystemException leadsNowhere(Path link) throws IOException {
    // Links below /proc/self/fd lead to open files, whatever they read.
    return Refusal.of(
        link,
        Files.exists(link)
            ? "it leads to something without a name, such as a pipe, and who can write there is not"
                + " known; use a file"
            : "this link leads to %s, which does not exist; lead it to a file, or remove it"
                .formatted(NativeText.text(Files.readSymbolicLink(link))));
  }
}
