package dev.stretcher.internal.toc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A tar of random entries, in the form that is packed: PAX, no block more than the end mark. */
final class RandomTar {
  private static final int[] SIZES = {0, 1, 511, 512, 513, 5_000, 33_000, 200_000};

  /** From here on all files are small: many entries are there for the length of their headers. */
  private static final int MANY = 300;

  private static final int SMALL_SIZES = 6;

  private final Random random;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, 512, "ISO-8859-1");

  private RandomTar(Random random) {
    this.random = random;
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
  }

  static byte[] of(Random random, int entries) throws IOException {
    RandomTar made = new RandomTar(random);
    for (int i = 0; i < entries; i++) {
      made.add(i);
    }
    made.tar.close();
    return made.bytes.toByteArray();
  }

  private void add(int number) throws IOException {
    String name = name(number);
    switch (random.nextInt(6)) {
      case 0 -> add(entry(name + "/", TarConstants.LF_DIR), 0);
      case 1 -> {
        TarArchiveEntry link = entry(name, TarConstants.LF_SYMLINK);
        link.setLinkName("t".repeat(1 + random.nextInt(150)));
        add(link, 0);
      }
      default -> {
        int sizes = number < MANY ? SIZES.length : SMALL_SIZES;
        add(entry(name, TarConstants.LF_NORMAL), SIZES[random.nextInt(sizes)]);
      }
    }
  }

  private String name(int number) {
    int length = random.nextInt(4) == 0 ? 240 : random.nextInt(60);
    return "%06d-\u00e4%s".formatted(number, "n".repeat(length));
  }

  private TarArchiveEntry entry(String name, byte type) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setMode(random.nextInt(01000));
    int nanos = random.nextBoolean() ? 0 : random.nextInt(10_000_000) * 100;
    entry.setLastModifiedTime(
        FileTime.from(Instant.ofEpochSecond(1_700_000_000L + random.nextInt(1_000_000), nanos)));
    return entry;
  }

  private void add(TarArchiveEntry entry, int size) throws IOException {
    byte[] content = new byte[size];
    random.nextBytes(content);
    byte[] text = "all work and no play\n".getBytes(StandardCharsets.US_ASCII);
    for (int i = size / 3; i < size; i++) {
      content[i] = text[i % text.length];
    }
    entry.setSize(size);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }
}
