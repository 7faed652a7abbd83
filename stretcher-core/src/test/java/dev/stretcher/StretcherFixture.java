package dev.stretcher;

import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import dev.stretcher.spi.HookOutput.Stream;
import dev.stretcher.spi.HookRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.io.TempDir;

/** An application in memory, and the library with plug-ins for it. */
abstract class StretcherFixture {
  static final URI MANIFEST = URI.create("mem:/app.yml");

  @TempDir Path directory;
  final MemorySource memory = new MemorySource();
  final List<DeployEvent> events = new CopyOnWriteArrayList<>();

  Options options() {
    return Options.DEFAULT
        .with(Settings.SYNC_STRATEGY, "rename")
        .with(Settings.RETRY_WAIT, Duration.ZERO);
  }

  Stretcher.Builder stretcher() {
    return Stretcher.builder()
        .source(memory)
        .syncer(new RenameSyncer())
        .options(options())
        .listener(events::add);
  }

  /** Makes the archive and a manifest for it; {@code more} are further lines of YAML. */
  void putApp(String more) {
    putApp(directory.resolve("app"), more);
  }

  void putApp(Path dest, String more) {
    byte[] tar = tarOf("hello", "hello");
    memory.put("/app.tar", tar);
    memory.put(
        "/app.yml",
        "src: mem:/app.tar\nchecksum: %s\ndest: %s\n%s\n"
            .formatted(DigestUtils.sha256Hex(tar), dest, more));
  }

  static byte[] tarOf(String name, String content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(content.length());
      // The same archive whenever it is made.
      entry.setModTime(0);
      tar.putArchiveEntry(entry);
      tar.write(content.getBytes(StandardCharsets.US_ASCII));
      tar.closeArchiveEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Starts threads that each print many lines at once. */
  static HookRunner chatty(int threads, int lines) {
    return hook -> {
      List<Thread> printing =
          IntStream.range(0, threads)
              .mapToObj(
                  thread ->
                      new Thread(
                          () -> {
                            for (int i = 0; i < lines; i++) {
                              hook.output().line(Stream.OUT, thread + " " + i);
                            }
                          }))
              .toList();
      printing.forEach(Thread::start);
      for (Thread thread : printing) {
        thread.join();
      }
      return 0;
    };
  }

  /** Returns events of which there is one. */
  static EventSource events(DeployRequest request) {
    return new EventSource() {
      @Override
      public String name() {
        return "a test";
      }

      @Override
      public Optional<DeployRequest> next() {
        return Optional.of(request);
      }
    };
  }

  /** Throws what no signature allows. */
  @SuppressWarnings("unchecked")
  static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
