package dev.stretcher.internal.unpack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stretcher.internal.tar.BlockInput;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A tar archive that is made header by header, each with whatever type and size. */
final class HeaderArchive {
  private static final int BLOCK = BlockInput.BLOCK;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Map<Integer, byte[]> fields = new TreeMap<>();

  /** Adds a regular file. */
  HeaderArchive file(String name, String content) {
    return header('0', name, "", octal(content.length())).content(content.getBytes(UTF_8));
  }

  /** Gives the next header another field. */
  HeaderArchive field(int at, byte[] value) {
    fields.put(at, value);
    return this;
  }

  /** Adds a header and no content. */
  HeaderArchive header(char type, String name, String link, byte[] size) {
    byte[] header = new byte[BLOCK];
    put(header, 0, name.getBytes(UTF_8));
    put(header, 100, "0000750\0".getBytes(UTF_8));
    put(header, 108, "0000000\0".getBytes(UTF_8));
    put(header, 116, "0000000\0".getBytes(UTF_8));
    put(header, 124, size);
    put(header, 136, octal(1_000_000_000));
    header[156] = (byte) type;
    put(header, 157, link.getBytes(UTF_8));
    put(header, 257, "ustar\00000".getBytes(UTF_8));
    put(header, 329, "0000001\0".getBytes(UTF_8));
    put(header, 337, "0000003\0".getBytes(UTF_8));
    fields.forEach((at, value) -> put(header, at, value));
    fields.clear();
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, String.format(Locale.ROOT, "%06o\0 ", sum).getBytes(UTF_8));
    bytes.writeBytes(header);
    return this;
  }

  /** Adds an extended header, of type {@code x} or {@code g}, with one record. */
  HeaderArchive extended(char type, String key, Object value) {
    String record = " " + key + "=" + value + "\n";
    int length = record.length() + 2;
    byte[] content = ((length < 100 ? length : length + 1) + record).getBytes(UTF_8);
    return header(type, "extended", "", octal(content.length)).content(content);
  }

  /** Adds an extended header of type {@code x} with any content. */
  HeaderArchive extended(String content) {
    return header('x', "extended", "", octal(content.length())).content(content.getBytes(UTF_8));
  }

  /** Adds a content, padded to whole blocks. */
  HeaderArchive content(byte[] content) {
    bytes.writeBytes(content);
    bytes.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    return this;
  }

  /** Returns the archive with {@code zeros} bytes in the place of an end mark. */
  byte[] end(int zeros) {
    bytes.writeBytes(new byte[zeros]);
    return bytes.toByteArray();
  }

  /** Returns the archive with its end mark and the padding of a tape's record. */
  byte[] end() {
    bytes.writeBytes(new byte[20 * BLOCK]);
    return bytes.toByteArray();
  }

  static byte[] octal(long size) {
    return String.format(Locale.ROOT, "%011o\0", size).getBytes(UTF_8);
  }

  /** Returns a size in the form of GNU tar for what octal digits cannot say. */
  static byte[] binary(long size) {
    byte[] field = ByteBuffer.allocate(12).putLong(4, size).array();
    Arrays.fill(field, 0, 4, (byte) (size < 0 ? 0xff : 0));
    field[0] |= (byte) 0x80;
    return field;
  }

  private static void put(byte[] header, int at, byte[] value) {
    System.arraycopy(value, 0, header, at, value.length);
  }
}
