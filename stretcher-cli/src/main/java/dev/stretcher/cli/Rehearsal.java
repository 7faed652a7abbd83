package dev.stretcher.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Deploys a little something to a directory of its own, so that the JVM can put the classes that
 * deploys need into a class-data archive. The launcher runs it, and removes the temporary
 * directory.
 */
public final class Rehearsal {
  private final RehearsalServer server;
  private final Path directory;

  private Rehearsal(RehearsalServer server, Path directory) {
    this.server = server;
    this.directory = directory;
  }

  /**
   * Runs it, and ends the JVM as the agent does, with 0 if all went well.
   *
   * @param args none
   * @throws IOException if there is no place for it
   */
  public static void main(String[] args) throws IOException {
    Path directory = Files.createTempDirectory("stretcher-rehearsal-");
    int status;
    try (RehearsalServer server = RehearsalServer.start()) {
      status = new Rehearsal(server, directory).run();
    }
    if (status != 0) {
      throw new IOException("a deploy failed");
    }
    Main.main(new String[] {"--version"});
  }

  private int run() throws IOException {
    put("first");
    int status = cli(List.of());
    put("second");
    status += cli(List.of("deploy", "--dry-run", url()));
    status += cli(List.of("deploy", url()));
    return status;
  }

  private int cli(List<String> args) {
    Map<String, String> environment =
        Map.of(
            "PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"),
            "TMPDIR", directory.toString());
    Cli.Result result =
        Cli.launch(
            args, new ByteArrayInputStream(url().getBytes(StandardCharsets.UTF_8)), environment);
    System.out.print(result.err());
    return result.exitCode();
  }

  private String url() {
    return server.url() + "/app.yml";
  }

  private void put(String version) throws IOException {
    byte[] archive = archive(version);
    server.put("/app.tar.gz", archive);
    String manifest =
        """
        src: %s/app.tar.gz
        checksum: %s
        dest: %s
        commands: {pre: ["true"], post: ["true"], success: ["true"], failure: ["true"]}
        """
            .formatted(server.url(), DigestUtils.sha256Hex(archive), directory.resolve("dest"));
    server.put("/app.yml", manifest.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] archive(String version) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      for (String name : List.of("same", "in/" + version, "in/both")) {
        String text = name.equals("same") ? name : name + version;
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setModTime(0);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }
}
