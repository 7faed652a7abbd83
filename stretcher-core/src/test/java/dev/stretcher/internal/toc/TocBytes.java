package dev.stretcher.internal.toc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes the bytes of tables of contents that say anything. */
final class TocBytes {
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private String magic = "STOC";
  private int version = 1;
  private int codec = 1;
  private int reserved;
  private long more;
  private byte[] behind = new byte[0];

  TocBytes numbers(long... numbers) {
    Varints varints = new Varints();
    for (long number : numbers) {
      varints.add(number);
    }
    return bytes(varints.bytes());
  }

  TocBytes bytes(byte[]... parts) {
    for (byte[] part : parts) {
      body.writeBytes(part);
    }
    return this;
  }

  TocBytes magic(String text) {
    magic = text;
    return this;
  }

  TocBytes version(int number) {
    version = number;
    return this;
  }

  TocBytes codec(int number) {
    codec = number;
    return this;
  }

  TocBytes reserved(int number) {
    reserved = number;
    return this;
  }

  /** Says that the body is longer than it is. */
  TocBytes longerBy(long bytes) {
    more = bytes;
    return this;
  }

  TocBytes followedBy(byte... bytes) {
    behind = bytes;
    return this;
  }

  ByteBuffer make() {
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(9, true);
    try (DeflaterOutputStream out = new DeflaterOutputStream(deflated, deflater)) {
      body.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      // Its memory is not in the heap, and campaigns make a million.
      deflater.end();
    }
    return ByteBuffer.allocate(16 + deflated.size() + behind.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(magic.getBytes(StandardCharsets.US_ASCII))
        .put((byte) version)
        .put((byte) codec)
        .putShort((short) reserved)
        .putLong(body.size() + more)
        .put(deflated.toByteArray())
        .put(behind)
        .flip();
  }
}
