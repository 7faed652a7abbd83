package dev.stretcher.internal.unpack;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Archives of a few headers of all types, with sizes in all forms, and mostly with what belongs to
 * them.
 */
final class RandomHeaders {
  private static final List<String> TYPES =
      List.of(
          "0", "\0", "7", "1", "2", "3", "4", "5", "6", "D", "9", "Z", "V", "0/", "\0/", "7/", "9/",
          "2/", "5/", "D/");
  private static final int[] SIZES = {0, 1, 511, 512, 513, 1024, 4096, 5000};

  private final Random random;
  private final HeaderArchive archive = new HeaderArchive();

  RandomHeaders(Random random) {
    this.random = random;
  }

  byte[] archive() {
    archive.header('5', "./", "", HeaderArchive.octal(0)).file("target", "first");
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      add("entry" + i, TYPES.get(random.nextInt(TYPES.size())));
      if (random.nextBoolean()) {
        archive.file("file" + i, "x".repeat(random.nextInt(1000)));
      }
    }
    return archive.file("last", "last").end();
  }

  private void add(String name, String type) {
    int size = SIZES[random.nextInt(SIZES.length)];
    String link = "12".indexOf(type.charAt(0)) < 0 ? "" : "target";
    byte[] field;
    if (random.nextInt(3) == 0) {
      archive.extended('x', "size", size);
      field = HeaderArchive.octal(random.nextInt(2000));
    } else {
      field = random.nextBoolean() ? HeaderArchive.octal(size) : HeaderArchive.binary(size);
    }
    archive.header(type.charAt(0), name + type.substring(1), link, field);
    boolean belongs =
        "123456".indexOf(type.charAt(0)) < 0 && !List.of("0/", "\0/", "7/").contains(type);
    // Now and then it is missing, or there although no tar would store it.
    if (belongs != (random.nextInt(15) == 0)) {
      byte[] content = new byte[size];
      Arrays.fill(content, (byte) 'c');
      archive.content(content);
    }
  }
}
