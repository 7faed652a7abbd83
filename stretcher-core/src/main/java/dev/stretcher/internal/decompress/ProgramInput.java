package dev.stretcher.internal.decompress;

import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.option.Settings;
import dev.stretcher.process.Interrupts;
import dev.stretcher.process.Variables;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a program makes of an archive's bytes, while it still gets them. {@link #abort} ends a read
 * that waits.
 */
final class ProgramInput extends BulkInput {
  private static final int BUFFER = 64 << 10;
  private static final int SAID = 2000;
  private static final int KILLED = 128;
  private static final int SHUTDOWN_SECONDS = 10;

  private final ExternalProgram program;
  private final Process process;
  private final InputStream output;
  private final Thread feeder;
  private final Thread listener;
  private volatile @Nullable IOException failure;
  private volatile String said = "";
  private boolean ended;

  private ProgramInput(ExternalProgram program, Process process, InputStream archive) {
    this.program = program;
    this.process = process;
    this.output = process.getInputStream();
    this.feeder = daemon(() -> feed(archive), "stretcher-feed");
    this.listener = daemon(this::listen, "stretcher-listen");
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Starts a program, which gets all of {@code archive}. */
  static ProgramInput start(
      ExternalProgram program, String file, Map<String, String> environment, InputStream archive)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(program.command(file));
    Variables.inherit(builder, environment);
    Process process = builder.start();
    ProgramInput input = new ProgramInput(program, process, archive);
    input.feeder.start();
    input.listener.start();
    return input;
  }

  private void feed(InputStream archive) {
    byte[] chunk = new byte[BUFFER];
    try (OutputStream stdin = process.getOutputStream()) {
      for (int n = read(archive, chunk); n >= 0; n = read(archive, chunk)) {
        stdin.write(chunk, 0, n);
      }
    } catch (IOException e) {
      // A failure to write means that the program is gone, which its exit status explains.
      if (failure != null) {
        kill();
      }
    }
  }

  /** Unlike {@link Process#destroyForcibly}, this leaves open what is being read. */
  private void kill() {
    process.toHandle().destroyForcibly();
  }

  private int read(InputStream archive, byte[] chunk) throws IOException {
    try {
      return archive.read(chunk);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  private void listen() {
    try (InputStream errors = process.getErrorStream()) {
      said = new String(errors.readNBytes(SAID), StandardCharsets.UTF_8);
      errors.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // What it says only explains; its exit status counts.
      return;
    }
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = ended ? -1 : output.read(target, offset, length);
    if (count < 0 && !ended) {
      requireSuccess();
      ended = true;
    }
    return count;
  }

  private void requireSuccess() throws IOException {
    int status = await();
    if (failure != null) {
      throw failure;
    }
    if (program.isGood(status)) {
      return;
    }
    String what = "%s failed (exit status %d)".formatted(program.program(), status);
    String why = said.isBlank() ? "" : ": " + said.strip().replaceAll("\\p{Cntrl}+", "; ");
    if (status > KILLED) {
      throw new IOException(
          what + why + "; see who ended it, or use " + Settings.DECOMPRESSOR.mention("java"));
    }
    throw ArchiveException.of(
        "the data are damaged, " + what + why + "; build and upload the archive again");
  }

  private int await() throws IOException {
    try {
      int status = process.waitFor();
      feeder.join();
      listener.join();
      return status;
    } catch (InterruptedException e) {
      throw Interrupts.asIoException(e);
    }
  }

  /** Ends the program, and with it all that waits for it. From any thread. */
  void abort() {
    kill();
    feeder.interrupt();
  }

  /** Returns when nothing reads the archive any more. */
  @Override
  public void close() throws IOException {
    abort();
    output.close();
    try {
      feeder.join(TimeUnit.SECONDS.toMillis(SHUTDOWN_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
