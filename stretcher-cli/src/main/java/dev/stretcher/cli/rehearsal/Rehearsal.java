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
import java.util.Random;
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

  /** So large that most of an archive need not be fetched. */
  private static final int LARGE = 1 << 20;

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
    put(web, "", "first", "");
    int status = cli(List.of(), web);
    put(web, "", "second", "");
    status += cli(List.of("deploy", "--dry-run", web + MANIFEST), web);
    status += cli(List.of("deploy", web + MANIFEST), web);
    status += byTableOfContents(web);
    if (hasAws()) {
      configureAws();
      put("s3:/" + BUCKET, BUCKET, "third", "");
      status += cli(List.of("deploy", "s3:/" + BUCKET + MANIFEST), web);
    }
    return status + releases(web);
  }

  /** The slim distribution comes without its SDK. */
  private static boolean hasAws() {
    return Rehearsal.class.getResource("/software/amazon/awssdk/services/s3/S3Client.class")
        != null;
  }

  private int releases(String web) throws IOException {
    int status = 0;
    for (String version : List.of("first", "second")) {
      put(web, "", version, "sync_strategy: release\nhealth: {commands: ['true']}");
      status += cli(List.of("deploy", web + MANIFEST), web);
    }
    String dest = directory.resolve("dest-of-releases").toString();
    status += cli(List.of("releases", dest), web);
    return status + cli(List.of("rollback", dest), web);
  }

  /** Packs a tree and another version of it, and deploys both. */
  private int byTableOfContents(String web) throws IOException {
    Path tree = Files.createDirectories(directory.resolve("tree/in"));
    byte[] large = new byte[LARGE];
    new Random(0).nextBytes(large);
    Files.write(tree.resolve("large"), large);
    Files.writeString(tree.resolve("moved"), "same");
    int status = pack(web);
    Files.move(tree.resolve("moved"), tree.resolve("here"));
    Files.writeString(tree.resolve("new"), "new");
    return status + pack(web);
  }

  private int pack(String web) throws IOException {
    Path archive = directory.resolve("packed.tar.gz");
    Files.deleteIfExists(archive);
    Cli.Result packed =
        run(List.of("pack", directory.resolve("tree").toString(), "-o", archive.toString()), web);
    server.put(ARCHIVE, Files.readAllBytes(archive));
    String manifest =
        "src: %s\n%sdest: %s\n"
            .formatted(web + ARCHIVE, packed.out(), directory.resolve("dest-by-toc"));
    server.put(MANIFEST, manifest.getBytes(StandardCharsets.UTF_8));
    return packed.exitCode() + cli(List.of("deploy", web + MANIFEST), web);
  }

  /** Lets the AWS SDK take our server for S3. */
  private void configureAws() {
    System.setProperty("aws.endpointUrlS3", server.url());
    System.setProperty("aws.accessKeyId", "rehearsal");
    System.setProperty("aws.secretAccessKey", "rehearsal");
    System.setProperty("aws.region", "us-east-1");
  }

  private int cli(List<String> args, String web) {
    return run(args, web).exitCode();
  }

  private Cli.Result run(List<String> args, String web) {
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
    return result;
  }

  /**
   * Gives the server a version of the archive and its manifest.
   *
   * @param url where the agent finds them
   * @param path where they are for the server
   * @param rules further lines of the manifest
   */
  private void put(String url, String path, String version, String rules) throws IOException {
    byte[] archive = archive(version);
    server.put(path + ARCHIVE, archive);
    String manifest =
        """
        src: %s
        checksum: %s
        dest: %s
        commands: {pre: ["true"], post: ["true"], success: ["true"], failure: ["true"]}
        %s
        """
            .formatted(
                url + ARCHIVE,
                DigestUtils.sha256Hex(archive),
                directory.resolve(rules.isEmpty() ? "dest" : "dest-of-releases"),
                rules);
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
