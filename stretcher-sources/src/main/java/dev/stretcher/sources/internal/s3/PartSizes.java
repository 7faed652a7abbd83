package dev.stretcher.sources.internal.s3;

/**
 * How a content is cut into parts, see the <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html">limits</a> of S3.
 *
 * @param whole up to how many bytes it is sent in one piece
 * @param part how many bytes a part has at least, but the last one
 */
public record PartSizes(long whole, long part) {
  /** What a program uses. */
  public static final PartSizes STANDARD = new PartSizes(64 << 20, 32 << 20);

  private static final int MOST_PARTS = 10_000;

  /** Tells whether a content is sent in parts. */
  boolean isCut(long length) {
    return length > whole;
  }

  /** Returns how many bytes each part of a content has, but the last one. */
  long of(long length) {
    return Math.max(part, (length + MOST_PARTS - 1) / MOST_PARTS);
  }
}
