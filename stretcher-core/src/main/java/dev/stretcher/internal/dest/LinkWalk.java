package dev.stretcher.internal.dest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Follows a path as the kernel does, and notes each symbolic link on the way. */
final class LinkWalk {
  /** As many as Linux follows. */
  private static final int MOST = 40;

  private final List<Link> links = new ArrayList<>();
  private final Deque<Path> rest = new ArrayDeque<>();
  private Path done;

  /**
   * A link on the way.
   *
   * @param directory where it is; without links
   * @param path the path from there on: the link, and the rest of the path below it
   */
  record Link(Path directory, Path path) {}

  private LinkWalk(Path path) {
    done = root(path);
    path.forEach(rest::add);
  }

  private static Path root(Path path) {
    return Objects.requireNonNull(path.getRoot(), "an absolute path");
  }

  /**
   * Follows a path.
   *
   * @param path an absolute path, which need not exist
   */
  static LinkWalk along(Path path) {
    LinkWalk walk = new LinkWalk(path);
    while (!walk.rest.isEmpty()) {
      walk.step(walk.rest.pop());
    }
    return walk;
  }

  private void step(Path name) {
    if (name.toString().equals("..")) {
      done = Objects.requireNonNullElse(done.getParent(), done);
      return;
    }
    Path next = done.resolve(name).normalize();
    Optional<Path> target = links.size() < MOST ? target(next) : Optional.empty();
    if (target.isPresent()) {
      follow(next, target.get());
    } else {
      done = next;
    }
  }

  private void follow(Path link, Path target) {
    Path whole = link;
    for (Path name : rest) {
      whole = whole.resolve(name);
    }
    links.add(new Link(done, whole));
    for (int i = target.getNameCount() - 1; i >= 0; i--) {
      rest.push(target.getName(i));
    }
    done = target.isAbsolute() ? root(target) : done;
  }

  private static Optional<Path> target(Path path) {
    try {
      return Files.isSymbolicLink(path)
          ? Optional.of(Files.readSymbolicLink(path))
          : Optional.empty();
    } catch (IOException e) {
      // It is gone again.
      return Optional.empty();
    }
  }

  /** Returns the links, in the order in which they are followed. */
  List<Link> links() {
    return List.copyOf(links);
  }

  /** Returns where the path leads to, whether or not that exists. */
  Path end() {
    return done;
  }
}
