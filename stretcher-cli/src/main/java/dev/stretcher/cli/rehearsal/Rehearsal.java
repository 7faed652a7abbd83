package dev.stretcher.cli.rehearsal;

import dev.stretcher.cli.Cli;
import dev.stretcher.cli.Main;
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
 * Deploys a tiny archive to a directory of its own, so that the JVM can put the classes that
 * deploys need into a class-data archive. The launcher runs it, and removes the temporary
 * directory.
 */
public final class Rehearsal {
  private static final String MANIFEST = "/app.yml";
  private static final String ARCHIVE = "/app.tar.gz";
  private static final String CONFIG = "config.yml";
  private static final String BUCKET = "/rehearsal";

  /** A class that is loaded when a server closes a connection. */
  private static final List<String> OF_FAILURES =
      List.of(
          "okhttp3.internal.http2.ConnectionShutdownException",
          "okhttp3.internal.http2.StreamResetException");

  private final RehearsalServer server;
  private final Path directory;

  private Rehearsal(RehearsalServer server, Path directory) {
    this.server = server;
    this.directory = directory;
  }

  /**
   * Runs the rehearsal, and ends the JVM as the agent does, with 0 if all went well.
   *
   * @param args none
   * @throws IOException if there is no place for its files
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
    load(OF_FAILURES);
    Main.main(new String[] {"--version"});
  }

  private static void load(List<String> classes) throws IOException {
    try {
      for (String name : classes) {
        Class.forName(name);
      }
    } catch (ClassNotFoundException e) {
      throw new IOException("a class of a library has another name now: " + e.getMessage(), e);
    }
  }

  private int run() throws IOException {
    // Of its own and empty: what a host allows is not what a rehearsal deploys.
    Files.createFile(directory.resolve(CONFIG));
    String web = server.url();
    put(web, "", "first");
    int status = cli(List.of(), web);
    put(web, "", "second");
    status += cli(List.of("deploy", "--dry-run", web + MANIFEST), web);
    status += cli(List.of("deploy", web + MANIFEST), web);
    configureAws();
    put("s3:/" + BUCKET, BUCKET, "third");
    status += cli(List.of("deploy", "s3:/" + BUCKET + MANIFEST), web);
    return status;
  }

  /** Lets the AWS SDK take our server for S3. */
  private void configureAws() {
    System.setProperty("aws.endpointUrlS3", server.url());
    System.setProperty("aws.accessKeyId", "rehearsal");
    System.setProperty("aws.secretAccessKey", "rehearsal");
    System.setProperty("aws.region", "us-east-1");
  }

  private int cli(List<String> args, String web) {
    Map<String, String> environment =
        Map.of(
            "PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"),
            "TMPDIR", directory.toString(),
            "XDG_STATE_HOME", directory.resolve("state").toString(),
            "STRETCHER_CONFIG", directory.resolve(CONFIG).toString());
    Cli.Result result =
        Cli.launch(
            args,
            new ByteArrayInputStream((web + MANIFEST).getBytes(StandardCharsets.UTF_8)),
            environment);
    System.out.print(result.err());
    return result.exitCode();
  }

  /**
   * Gives the server a version of the archive and its manifest.
   *
   * @param url where the agent finds them
   * @param path where they are for the server
   */
  private void put(String url, String path, String version) throws IOException {
    byte[] archive = archive(version);
    server.put(path + ARCHIVE, archive);
    String manifest =
        """
        src: %s
        checksum: %s
        dest: %s
        commands: {pre: ["true"], post: ["true"], success: ["true"], failure: ["true"]}
        """
            .formatted(url + ARCHIVE, DigestUtils.sha256Hex(archive), directory.resolve("dest"));
    server.put(path + MANIFEST, manifest.getBytes(StandardCharsets.UTF_8));
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
