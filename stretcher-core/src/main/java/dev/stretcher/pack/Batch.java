package dev.stretcher.pack;

import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of the tar, cut into members, which one thread compresses. One thread fills it, then
 * another one compresses it, then the first one writes what came of it and clears it.
 */
final class Batch implements Closeable {
  /** A whole member of the largest size. */
  static final int SIZE = MemberCutter.LARGEST;

  /** The members that a batch can have: two beside each other have more than a small one holds. */
  private static final int MEMBERS = 2 + 2 * SIZE / MemberCutter.SMALL;

  private final MemberCompressor compressor;
  private final ByteBuffer tar;
  private final ByteBuffer packed;
  private final List<Member> members = new ArrayList<>();
  private int begin;

  /**
   * A member.
   *
   * @param packed its length
   * @param tar the length of what it decompresses to
   */
  record Member(int packed, int tar) {}

  Batch(MemberCompressor compressor) {
    this.compressor = compressor;
    this.tar = ByteBuffer.allocateDirect(SIZE);
    this.packed = ByteBuffer.allocateDirect(compressor.bound(SIZE, MEMBERS));
  }

  /** Returns where the tar is put. */
  ByteBuffer tar() {
    return tar;
  }

  /** Returns how many bytes are in the member that is being filled. */
  int begun() {
    return tar.position() - begin;
  }

  /** Ends the member that is being filled, if anything is in it. */
  void cut() {
    if (begun() > 0) {
      members.add(new Member(0, begun()));
      begin = tar.position();
    }
  }

  boolean isEmpty() {
    return tar.position() == 0;
  }

  Batch compress() {
    int from = 0;
    for (int i = 0; i < members.size(); i++) {
      int length = members.get(i).tar();
      int start = packed.position();
      compressor.compress(tar.slice(from, length), packed);
      members.set(i, new Member(packed.position() - start, length));
      from += length;
    }
    packed.flip();
    return this;
  }

  List<Member> members() {
    return members;
  }

  /** Returns the compressed members. */
  ByteBuffer packed() {
    return packed;
  }

  void clear() {
    tar.clear();
    packed.clear();
    members.clear();
    begin = 0;
  }

  @Override
  public void close() {
    compressor.close();
  }
}
