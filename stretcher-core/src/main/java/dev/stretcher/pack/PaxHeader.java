package dev.stretcher.pack;

import static dev.stretcher.pack.UstarHeader.BLOCK;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * The records that say of an entry what its ustar header has no room for, see <a
 * href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_03">pax</a>.
 */
final class PaxHeader {
  /** One name for all, which only tars that do not know PAX see. */
  private static final byte[] NAME = ascii("./PaxHeaders");

  private final ByteArrayOutputStream records = new ByteArrayOutputStream();
  private boolean binary;

  void number(String key, long value) {
    add(key, ascii(Long.toString(value)));
  }

  /** Adds a name, which need not be UTF-8. */
  void name(String key, byte[] name) {
    binary |= !isUtf8(name);
    add(key, name);
  }

  /** Adds a time, to the nanosecond. */
  void time(String key, Instant time) {
    BigDecimal seconds =
        BigDecimal.valueOf(time.getEpochSecond()).add(BigDecimal.valueOf(time.getNano(), 9));
    add(key, ascii(seconds.stripTrailingZeros().toPlainString()));
  }

  /** Writes the header with its records, if there are any. */
  void writeTo(ByteArrayOutputStream blocks) {
    byte[] content = content();
    if (content.length == 0) {
      return;
    }
    UstarHeader header = new UstarHeader('x');
    header.name(NAME);
    header.mode(0644);
    header.owner(0, 0);
    header.size(content.length);
    header.modified(0);
    header.device(0, 0);
    blocks.writeBytes(header.block());
    blocks.writeBytes(content);
    blocks.writeBytes(new byte[-content.length & BLOCK - 1]);
  }

  /** Says first that names are no text, since libarchive refuses what is not UTF-8 otherwise. */
  private byte[] content() {
    if (!binary) {
      return records.toByteArray();
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(record("hdrcharset", ascii("BINARY")));
    all.writeBytes(records.toByteArray());
    return all.toByteArray();
  }

  private void add(String key, byte[] value) {
    records.writeBytes(record(key, value));
  }

  /** The length that begins a record counts its own digits. */
  private static byte[] record(String key, byte[] value) {
    int rest = key.length() + value.length + 3;
    int length = rest;
    while (length != rest + Integer.toString(length).length()) {
      length = rest + Integer.toString(length).length();
    }
    ByteBuffer record = ByteBuffer.allocate(length);
    record.put(ascii(length + " " + key + "=")).put(value).put((byte) '\n');
    return record.array();
  }

  private static boolean isUtf8(byte[] name) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
