package dev.stretcher.internal.transfer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** Keeps in memory what is fetched. */
final class KeptBytes implements FetchSink {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int begins;

  @Override
  public void begin(Optional<Path> file, OptionalLong length) {
    begins++;
    bytes.reset();
  }

  @Override
  public void write(ByteBuffer chunk) {
    bytes.write(chunk.array(), chunk.arrayOffset() + chunk.position(), chunk.remaining());
    chunk.position(chunk.limit());
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  /** Returns how often it started. */
  int begins() {
    return begins;
  }
}
