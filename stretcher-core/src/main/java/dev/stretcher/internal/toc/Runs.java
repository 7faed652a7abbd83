package dev.stretcher.internal.toc;

/**
 * The runs of a tar in their order: some header blocks and the blocks of content after them.
 * Immutable. They are kept as they are written, since there may be millions.
 */
final class Runs {
  private final byte[] numbers;
  private final long headerBlocks;
  private final long contentBlocks;

  private Runs(byte[] numbers, long headerBlocks, long contentBlocks) {
    this.numbers = numbers;
    this.headerBlocks = headerBlocks;
    this.contentBlocks = contentBlocks;
  }

  static Runs read(BodyInput body, long most) throws TocException {
    long count = body.number();
    if (count > most) {
      throw new TocException("has %s runs, expected at most %s".formatted(count, most));
    }
    Varints numbers = new Varints();
    long headers = 0;
    long contents = 0;
    for (long i = 0; i < count; i++) {
      long header = body.number();
      long content = body.number();
      if (header == 0 || content == 0 != (i == count - 1)) {
        throw new TocException(
            ("has a run of %s header blocks and %s of content, expected both, and no content in the"
                    + " last run only")
                .formatted(header, content));
      }
      headers = sum(headers, header);
      contents = sum(contents, content);
      numbers.add(header);
      numbers.add(content);
    }
    return new Runs(numbers.bytes(), headers, contents);
  }

  private static long sum(long blocks, long more) throws TocException {
    if (more > Toc.MOST_BLOCKS - blocks) {
      throw new TocException("has more blocks than any archive");
    }
    return blocks + more;
  }

  long headerBlocks() {
    return headerBlocks;
  }

  long contentBlocks() {
    return contentBlocks;
  }

  Cursor cursor() {
    return new Cursor(numbers);
  }

  /** Goes from run to run. */
  static final class Cursor {
    private final Varints.Cursor numbers;
    private long headerBlocks;
    private long contentBlocks;

    private Cursor(byte[] numbers) {
      this.numbers = new Varints.Cursor(numbers, 0);
    }

    /** Goes to the next run; tells whether there is one. */
    boolean next() {
      if (!numbers.hasNext()) {
        return false;
      }
      headerBlocks = numbers.next();
      contentBlocks = numbers.next();
      return true;
    }

    long headerBlocks() {
      return headerBlocks;
    }

    long contentBlocks() {
      return contentBlocks;
    }
  }
}
