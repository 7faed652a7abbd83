package dev.stretcher.process;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The thread that opens the gate of a child and writes its input. */
final class InputFeeder implements AutoCloseable {
  private static final byte[] GO = "\n".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream stdin;
  private final Optional<InputStream> input;
  private final Thread thread;
  private volatile Optional<IOException> failure = Optional.empty();

  InputFeeder(Process process, Optional<InputStream> input) {
    this.stdin = open(process.pid(), process.getOutputStream());
    this.input = input;
    this.thread = new Thread(this::feed, "stdin of " + process.pid());
    thread.setDaemon(true);
  }

  // As for the outputs: the write of a file's channel ends when the channel is closed.
  private static OutputStream open(long child, OutputStream ours) {
    try {
      FileOutputStream stream = new FileOutputStream("/proc/" + child + "/fd/0");
      ours.close();
      return Channels.newOutputStream(stream.getChannel());
    } catch (IOException e) {
      Diagnostics.debug(InputFeeder.class, "no /proc to open the pipe of a child anew", e);
      return ours;
    }
  }

  void start() {
    if (input.isPresent()) {
      thread.start();
    } else {
      feed();
    }
  }

  void rethrowFailure() throws IOException {
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  @Override
  public void close() {
    try {
      stdin.close();
    } catch (IOException e) {
      Diagnostics.debug(InputFeeder.class, "the last input was not written", e);
    }
  }

  private void feed() {
    byte[] chunk = new byte[1 << 16];
    int count = write(GO, GO.length) ? read(chunk) : -1;
    while (count >= 0 && write(chunk, count)) {
      count = read(chunk);
    }
    close();
  }

  private int read(byte[] chunk) {
    try {
      return input.isPresent() ? input.get().read(chunk) : -1;
    } catch (IOException e) {
      failure = Optional.of(new IOException("the input of a command could not be read", e));
      return -1;
    }
  }

  /** Tells whether the child may want more. */
  private boolean write(byte[] chunk, int count) {
    try {
      stdin.write(chunk, 0, count);
      stdin.flush();
      return true;
    } catch (IOException e) {
      // EPIPE, or closed since the child is gone: it is free not to read its input.
      return false;
    }
  }
}
