package dev.stretcher.internal.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Tools;
import dev.stretcher.internal.omit.Omissions;
import dev.stretcher.internal.unpack.ExtractOptions.Permissions;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares extractions of random trees with those of GNU tar. */
class ExtractorDifferentialTest {
  private static final String[] FORMATS = {
    "--format=v7",
    "--format=ustar",
    "--format=oldgnu",
    "--format=gnu",
    "--format=posix",
    "--format=oldgnu --sparse",
    "--format=gnu --sparse",
    "--format=posix --sparse --sparse-version=0.0",
    "--format=posix --sparse --sparse-version=0.1",
    "--format=posix --sparse --sparse-version=1.0",
    "--format=posix --numeric-owner",
    "--format=gnu --owner=daemon:77777 --group=no-such-group:88888 --label=label",
  };
  private static final String[] COMPRESSORS = {
    "cat", "gzip -1", "xz -0", "zstd -1", "bzip2 -1", "lzma -0", "compress -cf"
  };
  private static final String AS_NOBODY = "setpriv --reuid=65534 --regid=65534 --clear-groups ";

  @TempDir Path temp;

  @BeforeEach
  void requireTar() throws IOException {
    Tools.require("tar");
    Files.setAttribute(temp, "unix:mode", 0755);
  }

  @Test
  void extractsWhatTarExtracts() throws Exception {
    int rounds = Integer.getInteger("stretcher.campaign", 1) * FORMATS.length;
    long seed = seed();
    for (int i = 0; i < rounds; i++) {
      String about = "stretcher.seed=" + (seed + i) + ", " + FORMATS[i % FORMATS.length];
      Path archive = archive(i, seed + i);
      Path directory = archive.getParent();
      boolean exact = i % 3 != 2;
      String how = exact ? "-p" : "--no-same-permissions";
      Shell.run(directory, "mkdir theirs && cd theirs && tar -x " + how + " -f ../plain");
      extract(archive, Files.createDirectory(directory.resolve("ours")), exact);
      assertThat(Snapshot.of(directory.resolve("ours")))
          .as(about)
          .isEqualTo(Snapshot.of(directory.resolve("theirs")));
      Shell.run(directory, "chmod -R u+rwx . && rm -rf ./*");
    }
  }

  @Test
  void extractsWhatTarExtractsForANormalUser() throws Exception {
    assumeTrue(isRoot(), "becoming another user takes root; as one, the other test shows it");
    Tools.require("setpriv");
    Path classes = readableClassPath();
    int rounds = Integer.getInteger("stretcher.campaign", 1) * 3;
    long seed = seed();
    for (int i = 0; i < rounds; i++) {
      Path archive = archive(i * 5, seed + i);
      Path directory = archive.getParent();
      String umask = new String[] {"027", "000", "077"}[i % 3];
      Shell.run(directory, "mkdir -m 777 ours theirs");
      String tar = i % 2 == 0 ? "tar -xf" : "tar -xpf";
      Shell.run(
          directory.resolve("theirs"),
          "umask " + umask + "; chown 65534:65534 . && " + AS_NOBODY + tar + " ../plain");
      Shell.run(
          directory.resolve("ours"),
          "umask "
              + umask
              + "; chown 65534:65534 . && "
              + AS_NOBODY
              + java(classes)
              + " \"$1\" . "
              + (i % 2 == 0 ? "" : "EXACT"),
          archive.toString());
      assertThat(Snapshot.of(directory.resolve("ours")))
          .as("stretcher.seed=" + (seed + i))
          .isEqualTo(Snapshot.of(directory.resolve("theirs")));
    }
  }

  private static String java(Path classes) {
    return Path.of(System.getProperty("java.home"), "bin", "java")
        + " -XX:TieredStopAtLevel=1 -cp '"
        + classes
        + ":"
        + classes
        + "/*' "
        + ExtractMain.class.getName();
  }

  /** Builds a random tree and packs it; the tree itself is in the same directory. */
  private Path archive(int round, long seed) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory(temp, "round");
    Files.setAttribute(directory, "unix:mode", 0755);
    Path tree = directory.resolve("tree");
    new RandomTree(new Random(seed), tree, isRoot()).create(40);
    Path archive = directory.resolve("archive");
    // A v7 header has no room for long names; tar says so and goes on.
    Shell.status(
        tree, "tar -c " + FORMATS[round % FORMATS.length] + " -f ../plain . 2>/dev/null; true");
    String compressor = COMPRESSORS[round % COMPRESSORS.length];
    String tool = Tools.isThere(compressor.split(" ", 2)[0]) ? compressor : "cat";
    Shell.run(directory, tool + " < plain > archive && chmod 644 archive plain");
    return archive;
  }

  /** All contents and no directory for its own sake. */
  private static final class OnlyContents implements ContentFilter {
    @Override
    public boolean needs(Entry entry) {
      return true;
    }

    @Override
    public boolean needsDirectory(Entry directory) {
      return false;
    }
  }

  private static void extract(Path archive, Path root, boolean exact) throws Exception {
    ExtractOptions options =
        ExtractOptions.forThisUser(root)
            .withPermissions(exact ? Permissions.EXACT : Permissions.UMASK);
    try (InputStream in = Files.newInputStream(archive)) {
      Omissions omissions = Unpacking.extract(in, root, options, new OnlyContents()).omissions();
      Set<Path> empty = omissions.directoriesOf(omissions.paths());
      assertThat(empty).hasSameSizeAs(omissions.paths());
      Extractor.makeDirectories(root, omissions, empty);
    }
  }

  /** Copies the classes to where another user can read them. */
  private Path readableClassPath() throws IOException {
    Path copy = Files.createDirectory(temp.resolve("classes"));
    String own = System.getProperty("java.class.path");
    for (String element : List.of(own.split(":", -1))) {
      // An empty element is the working directory.
      Path path = Path.of(element).toAbsolutePath();
      if (Files.isDirectory(path)) {
        Shell.run(temp, "cp -r \"$1\"/. classes", path.toString());
      } else if (element.matches(".*/(commons-|xz-|zstd-|jspecify)[^/]*jar")) {
        Files.copy(path, copy.resolve(path.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Shell.run(temp, "chmod -R a+rX classes");
    return copy;
  }

  private boolean isRoot() throws IOException {
    return Files.getAttribute(temp, "unix:uid").equals(0);
  }

  private static long seed() {
    long seed = Long.getLong("stretcher.seed", System.nanoTime());
    System.out.println("stretcher.seed=" + seed);
    return seed;
  }
}
