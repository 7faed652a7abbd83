package dev.stretcher.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;

/** A tar archive, header by header, with whatever a tar program would not write. */
final class RawTar {
  private static final int BLOCK = 512;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  RawTar file(String name, String content) {
    return entry('0', name, "", content.getBytes(UTF_8));
  }

  RawTar directory(String name) {
    return entry('5', name + "/", "", new byte[0]);
  }

  RawTar symbolicLink(String name, Object target) {
    return entry('2', name, target.toString(), new byte[0]);
  }

  RawTar hardLink(String name, Object target) {
    return entry('1', name, target.toString(), new byte[0]);
  }

  RawTar entry(char type, String name, String link, byte[] content) {
    return header(type, name, link, octal(content.length, 12)).content(content);
  }

  /** A header that claims a size, in whatever form. */
  RawTar header(char type, String name, String link, byte[] size) {
    byte[] header = new byte[BLOCK];
    put(header, 0, 100, name.getBytes(UTF_8));
    put(header, 100, 8, octal(0755, 8));
    put(header, 108, 8, octal(0, 8));
    put(header, 116, 8, octal(0, 8));
    put(header, 124, 12, size);
    put(header, 136, 12, octal(1_000_000_000, 12));
    put(header, 156, 1, new byte[] {(byte) type});
    put(header, 157, 100, link.getBytes(UTF_8));
    put(header, 257, 8, "ustar\00000".getBytes(UTF_8));
    return block(header);
  }

  /** Writes a header with the checksum that belongs to it. */
  RawTar block(byte[] header) {
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, 8, String.format(Locale.ROOT, "%06o\0 ", sum).getBytes(UTF_8));
    bytes.writeBytes(header);
    return this;
  }

  /** An extended header for the next entry: keys and values in turn. */
  RawTar pax(String... records) {
    StringBuilder content = new StringBuilder();
    for (int i = 0; i < records.length; i += 2) {
      String record = " " + records[i] + "=" + records[i + 1] + "\n";
      int length = record.getBytes(UTF_8).length;
      int digits = Integer.toString(length + 1).length();
      digits = Integer.toString(length + digits).length();
      content.append(length + digits).append(record);
    }
    return entry('x', "pax", "", content.toString().getBytes(UTF_8));
  }

  RawTar content(byte[] content) {
    bytes.writeBytes(content);
    bytes.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    return this;
  }

  /** Returns the archive with its end mark. */
  byte[] end() {
    bytes.writeBytes(new byte[2 * BLOCK]);
    return bytes.toByteArray();
  }

  static byte[] octal(long number, int width) {
    return String.format(Locale.ROOT, "%0" + (width - 1) + "o\0", number).getBytes(UTF_8);
  }

  /** Returns a number in the form of GNU tar for what octal digits cannot say. */
  static byte[] binary(long number) {
    ByteBuffer field = ByteBuffer.allocate(12);
    field.put(0, (byte) (number < 0 ? 0xff : 0x80));
    for (int i = 1; i < 4; i++) {
      field.put(i, (byte) (number < 0 ? 0xff : 0));
    }
    return field.putLong(4, number).array();
  }

  private static void put(byte[] header, int at, int length, byte[] value) {
    System.arraycopy(value, 0, header, at, Math.min(length, value.length));
  }
}
