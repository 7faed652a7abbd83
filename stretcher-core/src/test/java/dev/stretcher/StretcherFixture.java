package dev.stretcher;

import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
}
