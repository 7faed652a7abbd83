package dev.stretcher.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/** An application with its archive and its manifest, in a directory of its own. */
final class TestApp {
  private final Path directory;
  private final Map<String, Content> files = new TreeMap<>();
  private long time = 1_700_000_000_000L;

  TestApp(Path directory) {
    this.directory = directory;
  }

  /** A content, and when it was written: another one has another time, whatever the clock says. */
  private record Content(String text, long modified) {}

  TestApp file(String name, String content) {
    time += 1000;
    files.put(name, new Content(content, time));
    return this;
  }

  Path dest() {
    return directory.resolve("dest");
  }

  Path archive() {
    return directory.resolve("app.tar.gz");
  }

  String sha256() throws IOException {
    return DigestUtils.sha256Hex(Files.readAllBytes(archive()));
  }

  /** Writes the archive. */
  TestApp pack() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
      for (Map.Entry<String, Content> file : files.entrySet()) {
        byte[] content = file.getValue().text().getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(content.length);
        entry.setModTime(file.getValue().modified());
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    Files.write(archive(), bytes.toByteArray());
    return this;
  }

  /** Runs a program, which has to succeed. */
  static void exec(String... command) throws IOException, InterruptedException {
    output(command);
  }

  /** Runs a program, which has to succeed; returns what it says. */
  static String output(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
    return said;
  }

  /** Writes a manifest for the archive as it is; {@code more} are further lines of YAML. */
  URI manifest(String... more) throws IOException {
    return manifestFrom(archive().toUri(), more);
  }

  /** Writes a manifest for the archive, fetched from elsewhere. */
  URI manifestFrom(URI src, String... more) throws IOException {
    return write(
        "src: %s\nchecksum: %s\ndest: %s\n%s\n"
            .formatted(src, sha256(), dest(), String.join("\n", more)));
  }

  /** Writes a manifest of any content. */
  URI write(String yaml) throws IOException {
    return Files.writeString(directory.resolve("app.yml"), yaml).toUri();
  }
}
