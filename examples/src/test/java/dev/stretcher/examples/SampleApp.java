package dev.stretcher.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A published application: an archive and its manifest. */
record SampleApp(Path archive, Path manifest, Path dest) {

  /** Packs one file, {@code greeting}, and describes it with further lines of YAML. */
  static SampleApp publish(Path directory, String greeting, String... yaml)
      throws IOException, InterruptedException {
    Path tree = Files.createDirectories(directory.resolve("tree"));
    Files.writeString(tree.resolve("greeting"), greeting);
    Path archive = directory.resolve("app.tar.gz");
    Shell.Result packed = Shell.in(tree).run("tar", "-czf", archive.toString(), ".");
    if (packed.status() != 0) {
      throw new IOException(packed.output());
    }
    SampleApp app = new SampleApp(archive, directory.resolve("app.yml"), directory.resolve("dest"));
    app.describe(archive.toUri().toString(), yaml);
    return app;
  }

  /** Writes the manifest, with another {@code src} than the archive's file. */
  void describe(String src, String... yaml) throws IOException {
    String text =
        "src: %s\nchecksum: %s\ndest: %s\n".formatted(src, sha256(), dest)
            + String.join("\n", yaml)
            + "\n";
    Files.writeString(manifest, text, StandardCharsets.UTF_8);
  }

  String sha256() throws IOException {
    return sha256(Files.readAllBytes(archive));
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  String deployed() throws IOException {
    return Files.readString(dest.resolve("greeting"));
  }
}
