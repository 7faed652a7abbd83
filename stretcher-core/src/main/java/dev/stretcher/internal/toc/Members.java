package dev.stretcher.internal.toc;

import java.util.Arrays;

/**
 * The members of an archive in their order: where each is, and which piece of the tar it has.
 * Immutable.
 *
 * <p>Their lengths are kept as they are written, and only the places of some are known at once: one
 * that lies may say that there are millions.
 */
public final class Members {
  private static final int STEP = 32;

  private final int count;
  private final byte[] lengths;

  /** For each {@link #STEP}th member, and for the end: where its lengths are. */
  private final int[] places;

  /** For each of these, where it begins in the archive. */
  private final long[] offsets;

  /** For each of these, where what it holds begins in the tar. */
  private final long[] tarOffsets;

  private Members(int count, byte[] lengths, int[] places, long[] offsets, long[] tarOffsets) {
    this.count = count;
    this.lengths = lengths;
    this.places = places;
    this.offsets = offsets;
    this.tarOffsets = tarOffsets;
  }

  static Members read(BodyInput body, long most) throws TocException {
    long count = body.number();
    if (count == 0 || count > most) {
      throw new TocException("has %s members, expected 1 to %s".formatted(count, most));
    }
    Growing growing = new Growing();
    for (int i = 0; i < count; i++) {
      growing.add(body.number(), body.number());
    }
    return growing.done();
  }

  /** Members of which more are to come; what they say is believed as far as it goes on. */
  private static final class Growing {
    private final Varints lengths = new Varints();
    private int[] places = new int[16];
    private long[] offsets = new long[16];
    private long[] tarOffsets = new long[16];
    private int count;
    private long end;
    private long tarEnd;

    void add(long length, long tarLength) throws TocException {
      step();
      end = sum(end, length);
      tarEnd = sum(tarEnd, tarLength);
      lengths.add(length);
      lengths.add(tarLength);
      count++;
    }

    private static long sum(long end, long length) throws TocException {
      if (length == 0 || end + length < 0) {
        throw new TocException("has a member of an impossible length, " + length);
      }
      return end + length;
    }

    private void step() {
      if (count % STEP == 0) {
        int step = count / STEP;
        if (step == places.length) {
          resize(2 * step);
        }
        places[step] = lengths.length();
        offsets[step] = end;
        tarOffsets[step] = tarEnd;
      }
    }

    private void resize(int steps) {
      places = Arrays.copyOf(places, steps);
      offsets = Arrays.copyOf(offsets, steps);
      tarOffsets = Arrays.copyOf(tarOffsets, steps);
    }

    Members done() {
      int members = count;
      // The end is a step of its own, whatever its number is.
      count = (count + STEP - 1) / STEP * STEP;
      step();
      resize(count / STEP + 1);
      return new Members(members, lengths.bytes(), places, offsets, tarOffsets);
    }
  }

  /** Returns how many there are; their numbers begin at 0. */
  public int count() {
    return count;
  }

  /** Returns where in the archive a member begins; that of {@link #count} is where all end. */
  public long offset(int member) {
    return find(member).offset;
  }

  /**
   * Returns where in the tar that begins which a member holds; for {@link #count} where all end.
   */
  public long tarOffset(int member) {
    return find(member).tarOffset;
  }

  /** Returns the number of the member that holds a byte of the tar. */
  public int at(long tarPosition) {
    int found = Arrays.binarySearch(tarOffsets, tarPosition);
    Search search = new Search(Math.min(found >= 0 ? found : -found - 2, places.length - 1));
    while (search.member < count && search.tarOffset <= tarPosition) {
      search.next();
    }
    return search.member - 1;
  }

  private Search find(int member) {
    if (member == count) {
      return new Search(places.length - 1);
    }
    Search search = new Search(member / STEP);
    while (search.member < member) {
      search.next();
    }
    return search;
  }

  /** Goes from member to member. */
  private final class Search {
    private final Varints.Cursor cursor;
    private int member;
    private long offset;
    private long tarOffset;

    Search(int step) {
      cursor = new Varints.Cursor(lengths, places[step]);
      member = Math.min(step * STEP, count);
      offset = offsets[step];
      tarOffset = tarOffsets[step];
    }

    void next() {
      offset += cursor.next();
      tarOffset += cursor.next();
      member++;
    }
  }
}
