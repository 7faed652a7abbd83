package dev.stretcher.internal.omit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What was left out, by the numbers of its names in a {@link NameTree}; and the names in each
 * directory. A number takes 46 bytes, as objects it takes twice as much.
 */
final class OmittedTable {
  private static final int ABSENT = 0;
  private static final int IN_CHUNK = 1024;

  private static final int ENTRY = 0;
  private static final int NEXT = 4;
  private static final int FIRST = 8;
  private static final int DIGEST = 12;
  private static final int UID = 16;
  private static final int GID = 20;
  private static final int NANO = 24;
  private static final int SECOND = 28;
  private static final int SIZE = 36;
  private static final int MODE = 44;
  private static final int BYTES = 46;

  private final List<ByteBuffer> chunks = new ArrayList<>();

  /** Tells whether there is something for a number, which may be {@link NameTree#NONE}. */
  boolean has(int number) {
    return number >= 0
        && number / IN_CHUNK < chunks.size()
        && chunk(number).getInt(at(number, ENTRY)) != ABSENT;
  }

  private ByteBuffer chunk(int number) {
    return chunks.get(number / IN_CHUNK);
  }

  private static int at(int number, int field) {
    return number % IN_CHUNK * BYTES + field;
  }

  /** Returns what {@link #has} says is there. */
  Omitted get(int number) {
    ByteBuffer chunk = chunk(number);
    return new Omitted(
        chunk.getInt(at(number, ENTRY)) - 1,
        chunk.getShort(at(number, MODE)),
        chunk.getLong(at(number, SIZE)),
        chunk.getLong(at(number, SECOND)),
        chunk.getInt(at(number, NANO)),
        new Ids(chunk.getInt(at(number, UID)), chunk.getInt(at(number, GID))),
        chunk.getInt(at(number, DIGEST)));
  }

  /**
   * Puts something.
   *
   * @param directory the number of the directory that its name is in
   */
  void put(int number, int directory, Omitted omitted) {
    while (number / IN_CHUNK >= chunks.size()) {
      chunks.add(ByteBuffer.allocate(IN_CHUNK * BYTES));
    }
    ByteBuffer chunk = chunk(number);
    link(number, directory);
    chunk
        .putInt(at(number, ENTRY), omitted.entry() + 1)
        .putShort(at(number, MODE), (short) omitted.mode())
        .putLong(at(number, SIZE), omitted.size())
        .putLong(at(number, SECOND), omitted.second())
        .putInt(at(number, NANO), omitted.nano())
        .putInt(at(number, UID), omitted.owner().uid())
        .putInt(at(number, GID), omitted.owner().gid())
        .putInt(at(number, DIGEST), omitted.digest());
  }

  /** A number that has once been put stays among those of its directory. */
  private void link(int number, int directory) {
    ByteBuffer chunk = chunk(number);
    if (chunk.getInt(at(number, NEXT)) == 0) {
      ByteBuffer above = chunk(directory);
      int first = above.getInt(at(directory, FIRST));
      chunk.putInt(at(number, NEXT), first == 0 ? NameTree.NONE : first);
      above.putInt(at(directory, FIRST), number);
    }
  }

  void remove(int number) {
    chunk(number).putInt(at(number, ENTRY), ABSENT);
  }

  /** Returns the first number in a directory, or {@link NameTree#NONE}. */
  int first(int directory) {
    return directory < 0 || directory / IN_CHUNK >= chunks.size()
        ? NameTree.NONE
        : present(chunk(directory).getInt(at(directory, FIRST)));
  }

  /** Returns the number after one in the same directory, or {@link NameTree#NONE}. */
  int next(int number) {
    return present(chunk(number).getInt(at(number, NEXT)));
  }

  private int present(int number) {
    int at = number == NameTree.ROOT ? NameTree.NONE : number;
    while (at != NameTree.NONE && !has(at)) {
      at = chunk(at).getInt(at(at, NEXT));
    }
    return at;
  }
}
