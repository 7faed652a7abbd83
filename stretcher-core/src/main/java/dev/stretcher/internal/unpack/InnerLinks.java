package dev.stretcher.internal.unpack;

import dev.stretcher.internal.omit.NameTree;
import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.tar.EntryName;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Makes sure that symbolic links lead only into the tree that they are in.
 *
 * <p>They are looked at once all of the tree is there, and followed as the kernel does, one name at
 * a time: of {@code a/..} only that tells which directory it is if {@code a} is a link as well. A
 * name that does not exist is taken for a directory to be.
 */
final class InnerLinks {
  /** What Linux follows before it says ELOOP. */
  private static final int MOST_LINKS = 40;

  private final Path root;
  private final NameTree names;
  private int[] links = new int[16];
  private int count;

  InnerLinks(Path root, NameTree names) {
    this.root = root;
    this.names = names;
  }

  /** Takes a link, which may be a hard one to a symbolic one. */
  void add(TarEntry link) {
    if (count == links.length) {
      links = Arrays.copyOf(links, 2 * count);
    }
    links[count++] = names.add(link.path());
  }

  /** Refuses the archive if one of the links, which later entries may have replaced, leads out. */
  void require() throws IOException {
    for (int i = 0; i < count; i++) {
      Path link = names.path(links[i]);
      Path target = root.resolve(link);
      if (Files.isSymbolicLink(target) && leadsOutside(link)) {
        throw ArchiveException.in(
            EntryName.text(link),
            "it is a symbolic link to '%s', which is outside, and the manifest says links: inside;"
                    .formatted(EntryName.text(Files.readSymbolicLink(target)))
                + " make it relative and point inside, or say links: any");
      }
    }
  }

  private boolean leadsOutside(Path link) throws IOException {
    Deque<Path> todo = new ArrayDeque<>();
    link.forEach(todo::add);
    Path at = Path.of("");
    int followed = 0;
    while (!todo.isEmpty()) {
      Path name = todo.pop();
      if (name.toString().equals("..")) {
        if (at.toString().isEmpty()) {
          return true;
        }
        at = Directories.parent(at);
        continue;
      }
      Path next = at.resolve(name);
      if (!Files.isSymbolicLink(root.resolve(next))) {
        at = next;
        continue;
      }
      Path target = Files.readSymbolicLink(root.resolve(next));
      if (target.isAbsolute()) {
        return true;
      }
      if (++followed > MOST_LINKS) {
        return false;
      }
      push(NativeText.bytes(target), todo);
    }
    return false;
  }

  /**
   * Adds the names in a target, which is as it was written: with what a path of Java leaves out.
   */
  private static void push(byte[] target, Deque<Path> todo) {
    int end = target.length;
    for (int i = end - 1; i >= -1; i--) {
      if (i < 0 || target[i] == '/') {
        pushName(Arrays.copyOfRange(target, i + 1, end), todo);
        end = Math.max(i, 0);
      }
    }
  }

  private static void pushName(byte[] name, Deque<Path> todo) {
    boolean here = name.length == 0 || (name.length == 1 && name[0] == '.');
    if (!here) {
      todo.push(NativeText.path(name));
    }
  }
}
