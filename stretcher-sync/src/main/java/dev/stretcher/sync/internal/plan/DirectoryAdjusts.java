package dev.stretcher.sync.internal.plan;

import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Kind;
import dev.stretcher.sync.internal.plan.Operation.Adjust;
import dev.stretcher.text.NativeText;
import java.nio.file.Path;
import java.util.AbstractCollection;
import java.util.Iterator;

/**
 * The adjusts of names in one directory, in the order of the names. After a build all files have
 * new times, so that there may be hundreds of thousands: each takes some 30 bytes and its name,
 * where an object with its parts takes 200. Used by one thread until it is {@link #complete}.
 */
public final class DirectoryAdjusts extends AbstractCollection<Adjust> {
  private static final FileState NONE = new FileState(Kind.FILE, 0, 0, 0, 0, 0, 0, 0, 0);

  private final Path directory;
  private final PackedNumbers packed = new PackedNumbers();
  private FileState lastStaged = NONE;
  private FileState lastDest = NONE;
  private int count;

  DirectoryAdjusts(Path directory) {
    this.directory = directory;
  }

  /** Returns the path of the directory, relative to dest. */
  public Path directory() {
    return directory;
  }

  void put(Path name, FileState staged, FileState dest) {
    packed.add(NativeText.bytes(name));
    pack(staged, lastStaged);
    pack(dest, lastDest);
    lastStaged = staged;
    lastDest = dest;
    count++;
  }

  /** Takes the memory that is needed now, and no more. */
  DirectoryAdjusts complete() {
    packed.trim();
    return this;
  }

  /** Returns how many bytes they take. */
  int bytes() {
    return packed.bytes();
  }

  /** Most names of a directory have the same attributes, but for size and time. */
  private void pack(FileState state, FileState last) {
    boolean alike = isAlike(state, last);
    packed.add(alike ? 1 : 0);
    if (!alike) {
      packed.add(state.kind().bits());
      packed.add(state.mode());
      packed.add(state.uid());
      packed.add(state.gid());
      packed.add(state.links());
      packed.add(state.device());
    }
    packed.add(state.size());
    packed.add(state.second() - last.second());
    packed.add(state.nano());
  }

  private static boolean isAlike(FileState a, FileState b) {
    return a.kind() == b.kind()
        && a.mode() == b.mode()
        && a.uid() == b.uid()
        && a.gid() == b.gid()
        && a.links() == b.links()
        && a.device() == b.device();
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public Iterator<Adjust> iterator() {
    return new Unpacking(directory, packed.read());
  }

  /** Makes objects of them. */
  private static final class Unpacking implements Iterator<Adjust> {
    private final Path directory;
    private final PackedNumbers.Reader packed;
    private FileState lastStaged = NONE;
    private FileState lastDest = NONE;

    Unpacking(Path directory, PackedNumbers.Reader packed) {
      this.directory = directory;
      this.packed = packed;
    }

    @Override
    public boolean hasNext() {
      return packed.hasNext();
    }

    @Override
    public Adjust next() {
      Path name = NativeText.path(packed.text());
      lastStaged = next(lastStaged);
      lastDest = next(lastDest);
      return new Adjust(directory, name, lastStaged, lastDest);
    }

    private FileState next(FileState last) {
      FileState like = packed.number() == 1 ? last : others();
      return new FileState(
          like.kind(),
          like.mode(),
          packed.number(),
          last.second() + packed.number(),
          (int) packed.number(),
          like.uid(),
          like.gid(),
          like.links(),
          like.device());
    }

    private FileState others() {
      Kind kind = Kind.of((int) packed.number());
      int mode = (int) packed.number();
      int uid = (int) packed.number();
      int gid = (int) packed.number();
      int links = (int) packed.number();
      return new FileState(kind, mode, 0, 0, 0, uid, gid, links, packed.number());
    }
  }
}
