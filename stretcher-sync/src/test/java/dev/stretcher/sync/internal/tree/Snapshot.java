package dev.stretcher.sync.internal.tree;

import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Kind;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;

/** What a tree looks like: all that rsync -a preserves of each path. */
final class Snapshot {
  private final Path root;
  private final Path staged;
  private final boolean toTheSecond;
  private final Map<String, String> result = new TreeMap<>();

  private Snapshot(Path root, Path staged, boolean toTheSecond) {
    this.root = root;
    this.staged = staged;
    this.toTheSecond = toTheSecond;
  }

  /**
   * Takes one; equal trees have equal ones.
   *
   * @param staged directories that are not in here have the time of their last change, which does
   *     not count
   * @param toTheSecond whether fractions of seconds do not count: a quick check takes two times of
   *     one second for equal, a comparison of contents does not
   */
  static Map<String, String> of(Path root, Path staged, boolean toTheSecond) throws IOException {
    Snapshot snapshot = new Snapshot(root, staged, toTheSecond);
    snapshot.visit(root);
    return snapshot.result;
  }

  private void visit(Path path) throws IOException {
    FileState state = FileState.read(path);
    Path relative = root.relativize(path);
    String name = new String(NativeText.bytes(relative), StandardCharsets.ISO_8859_1);
    result.put(name, describe(path, state, relative));
    if (state.isDirectory()) {
      try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
        for (Path child : children) {
          visit(child);
        }
      }
    }
  }

  /**
   * Both syncs take times of one second for equal. If the staged directory was changed in the
   * second of the sync, one that a sync deleted from has the time of that.
   */
  private String modified(FileState state, Path staged) throws IOException {
    boolean directory = state.isDirectory() && Files.isDirectory(staged);
    Instant wanted = directory ? FileState.read(staged).modified() : state.modified();
    boolean equal = wanted.getEpochSecond() == state.modified().getEpochSecond();
    Instant counts = equal ? wanted : state.modified();
    return (toTheSecond ? counts.truncatedTo(ChronoUnit.SECONDS) : counts).toString();
  }

  private String describe(Path path, FileState state, Path relative) throws IOException {
    boolean touched = state.isDirectory() && !Files.isDirectory(staged.resolve(relative));
    String common =
        "%s %o %d:%d %s"
            .formatted(
                state.kind(),
                state.kind() == Kind.SYMLINK ? 0 : state.mode(),
                state.uid(),
                state.gid(),
                touched ? "" : modified(state, staged.resolve(relative)));
    return switch (state.kind()) {
      case FILE ->
          common + " " + state.links() + " " + Files.readString(path, StandardCharsets.ISO_8859_1);
      case SYMLINK -> common + " -> " + Files.readSymbolicLink(path);
      default -> common;
    };
  }
}
