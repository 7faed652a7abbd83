package dev.stretcher.internal.decompress;

import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.process.Background;
import dev.stretcher.process.Interrupts;
import dev.stretcher.process.Variables;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The output of a program that decompresses an archive, while the program still gets its bytes.
 * {@link #abort} ends a read that waits.
 */
final class ProgramInput extends BulkInput {
  private static final int BUFFER = 64 << 10;
  private static final int SAID = 2000;
  private static final int KILLED = 128;
  private static final Duration SHUTDOWN = Duration.ofSeconds(10);

  /** What {@code xz} and {@code zstd} say if they may not take as much memory as they need. */
  private static final Pattern MEMORY =
      Pattern.compile("Memory usage limit|too much memory|Window size larger");

  private final ExternalProgram program;
  private final Options limits;
  private final Process process;
  private final InputStream output;
  private final Background<InputStream, IOException> feeder;
  private final Background<String, RuntimeException> listener;
  private boolean ended;

  /** How the program ended, and the beginning of its error output. */
  private record Ended(int status, String said) {}

  private ProgramInput(
      ExternalProgram program, Options limits, Process process, InputStream archive) {
    this.program = program;
    this.limits = limits;
    this.process = process;
    this.output = process.getInputStream();
    this.feeder = Background.start("stretcher-feed", () -> feed(archive));
    this.listener = Background.start("stretcher-listen", this::listen);
  }

  /** Starts a program, which gets all of {@code archive}. */
  static ProgramInput start(Decompressors.Program found, InputStream archive, Options limits)
      throws IOException {
    ExternalProgram program = found.program();
    ProcessBuilder builder =
        new ProcessBuilder(
            program.command(found.file(), limits.get(Settings.MAX_DECOMPRESSOR_MEMORY)));
    Variables.inherit(builder, found.environment());
    // What it says is looked at, and told in a message that is English too.
    builder.environment().put("LC_ALL", "C");
    InputStream accepted = program == ExternalProgram.ZSTD ? new ZstdFrames(archive) : archive;
    return new ProgramInput(program, limits, builder.start(), accepted);
  }

  /** Throws only what reading the archive threw; without the rest of it the program is ended. */
  private InputStream feed(InputStream archive) throws IOException {
    byte[] chunk = new byte[BUFFER];
    OutputStream stdin = process.getOutputStream();
    try {
      int count = archive.read(chunk);
      while (count >= 0 && write(stdin, chunk, count)) {
        count = archive.read(chunk);
      }
      return archive;
    } catch (IOException e) {
      kill();
      throw e;
    } finally {
      closeInput();
    }
  }

  private void closeInput() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      // As for any write.
      return;
    }
  }

  /** Tells whether the program may take more. */
  private static boolean write(OutputStream stdin, byte[] chunk, int count) {
    try {
      stdin.write(chunk, 0, count);
      return true;
    } catch (IOException e) {
      // The program is gone, which its exit status explains.
      return false;
    }
  }

  /** Unlike {@link Process#destroyForcibly}, this leaves open what is being read. */
  private void kill() {
    process.toHandle().destroyForcibly();
  }

  private String listen() {
    String said = "";
    try (InputStream errors = process.getErrorStream()) {
      said = new String(errors.readNBytes(SAID), StandardCharsets.UTF_8);
      errors.transferTo(OutputStream.nullOutputStream());
      return said;
    } catch (IOException e) {
      // What it says only explains; its exit status counts.
      return said;
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
    Ended end = await();
    int status = end.status();
    String said = end.said();
    if (program.isGood(status)) {
      return;
    }
    String what = "%s failed (exit status %s)".formatted(program.program(), status);
    String why = said.isBlank() ? "" : ": " + said.strip().replaceAll("\\p{Cntrl}+", "; ");
    if (status > KILLED) {
      throw new DecompressorException(
          what + why + "; see who ended it, or use " + Settings.DECOMPRESSOR.mention("java"));
    }
    if (MEMORY.matcher(said).find()) {
      throw new MemoryNeed(program.compression(), 0).exceeded(limits);
    }
    throw ArchiveException.of(
        "the data are damaged, " + what + why + "; build and upload the archive again");
  }

  private Ended await() throws IOException {
    try {
      int status = process.waitFor();
      feeder.await();
      return new Ended(status, listener.await());
    } catch (InterruptedException e) {
      throw Interrupts.asIoException(e);
    }
  }

  /** Ends the program, and with it a read that waits for it. From any thread. */
  void abort() {
    kill();
  }

  /** Returns when nothing reads the archive any more. */
  @Override
  public void close() throws IOException {
    kill();
    output.close();
    feeder.end(SHUTDOWN);
  }
}
