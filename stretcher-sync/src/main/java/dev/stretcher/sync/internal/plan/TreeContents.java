package dev.stretcher.sync.internal.plan;

import dev.stretcher.sync.internal.directory.DirectoryEntry;
import dev.stretcher.sync.internal.directory.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The contents of the files in two trees.
 *
 * @param staged the root of the staged tree
 * @param dest the root of dest
 */
record TreeContents(Path staged, Path dest) implements DirectoryPlanner.Contents {
  @Override
  public boolean same(Path path, DirectoryEntry found) throws IOException {
    if (found.state().kind() == Kind.SYMLINK) {
      return linkTarget(path).equals(Files.readSymbolicLink(dest.resolve(path)));
    }
    return found.state().isLeftOut()
        ? found.digest().isPresent() && ContentDigest.isOf(dest.resolve(path), found.digest().get())
        : sameBytes(path);
  }

  private boolean sameBytes(Path path) throws IOException {
    try {
      return Files.mismatch(staged.resolve(path), dest.resolve(path)) < 0;
    } catch (AccessDeniedException | NoSuchFileException e) {
      // What cannot be read is replaced.
      return false;
    }
  }

  @Override
  public Path linkTarget(Path path) throws IOException {
    return Files.readSymbolicLink(staged.resolve(path));
  }
}
