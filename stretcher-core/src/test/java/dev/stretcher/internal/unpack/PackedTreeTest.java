package dev.stretcher.internal.unpack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import dev.stretcher.internal.unpack.ExtractOptions.Permissions;
import dev.stretcher.pack.PackOwner;
import dev.stretcher.pack.Packer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What readers of archives make of those that {@link Packer} makes: the tree, and nothing else. */
class PackedTreeTest {
  private static final String[] ENDINGS = {".tar.gz", ".tar.zst"};

  @TempDir Path temp;
  private Path tree;

  @BeforeEach
  void open() throws IOException {
    Files.setAttribute(temp, "unix:mode", 0755);
    tree = temp.resolve("tree");
  }

  private Path pack(String ending) throws IOException, InterruptedException {
    Path archive = temp.resolve("packed" + ending);
    Packer.of(tree).withOwner(PackOwner.KEEP).pack(archive);
    return archive;
  }

  @Test
  void randomTreesAreUnpackedAsTheyAre() throws Exception {
    Tools.require("tar");
    Tools.require("zstd");
    int rounds = Integer.getInteger("stretcher.campaign", 1) * 2;
    long seed = Long.getLong("stretcher.seed", System.nanoTime());
    System.out.println("stretcher.seed=" + seed);
    for (int i = 0; i < rounds; i++) {
      new RandomTree(new Random(seed + i), tree, isRoot()).create(60);
      Path archive = pack(ENDINGS[i % ENDINGS.length]);
      assertThat(byUs(archive)).as("seed %s", seed + i).isEqualTo(Snapshot.of(tree));
      assertThat(by("tar -xpf \"$1\"", archive))
          .as("seed %s", seed + i)
          .isEqualTo(Snapshot.of(tree));
      Shell.run(temp, "chmod -R u+rwx . && rm -rf ./*");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tar -xpf \"$1\"", "LC_ALL=C.UTF-8 bsdtar -xpf \"$1\""})
  void toolsUnpackLongNamesLinksModesAndHoles(String command) throws Exception {
    Tools.require(command.contains("bsdtar") ? "bsdtar" : "tar");
    plant();
    for (String ending : ENDINGS) {
      Path archive = pack(ending);
      Map<String, String> theirs = by(command, archive);
      if (command.contains("bsdtar")) {
        // It leaves the time of the directory that it unpacks into.
        theirs.put("", Snapshot.of(tree).get(""));
      }
      assertThat(theirs).isEqualTo(Snapshot.of(tree));
      assertThat(byUs(archive)).isEqualTo(Snapshot.of(tree));
    }
  }

  @Test
  void pythonFindsTheSameFiles() throws Exception {
    Tools.require("python3");
    plant();
    Shell.run(temp, "python3 -c \"$2\" \"$1\" tree", pack(".tar.gz").toString(), PYTHON);
  }

  @ParameterizedTest
  @ValueSource(strings = {".tar.gz", ".tar.zst"})
  void commonsCompressFindsTheSameFiles(String ending) throws Exception {
    plant();
    Map<String, String> found = new TreeMap<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(pack(ending)));
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new CompressorStreamFactory(true)
                    .createCompressorInputStream(ending.equals(".tar.gz") ? "gz" : "zstd", in),
                "UTF-8")) {
      for (TarArchiveEntry each = tar.getNextEntry(); each != null; each = tar.getNextEntry()) {
        boolean file = each.isFile() && !each.isLink() && !each.isSymbolicLink();
        int content = file ? Arrays.hashCode(tar.readAllBytes()) : 0;
        found.put(each.getName().replaceAll("/$", ""), content + each.getLinkName());
      }
    }
    assertThat(found).hasSize((int) count(tree)).containsKey("./many/" + "x".repeat(255));
    assertThat(found.get("./holes"))
        .isEqualTo(Integer.toString(Arrays.hashCode(Files.readAllBytes(tree.resolve("holes")))));
    assertThat(found.get("./link")).isEqualTo("0" + "t".repeat(180));
    assertThat(found.get("./second")).isEqualTo("0./first");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip -t", "pigz -t", "igzip -t", "zstd -tq"})
  void decompressorsAreContent(String command) throws Exception {
    Tools.require(command.substring(0, command.indexOf(' ')));
    plant();
    Path archive = pack(command.startsWith("zstd") ? ".tar.zst" : ".tar.gz");
    Shell.run(temp, command + " \"$1\"", archive.toString());
  }

  @Test
  void aFileOfZerosTakesNoRoomWhereItIsUnpacked() throws Exception {
    Tools.require("tar");
    plant();
    Path archive = pack(".tar.gz");
    byUs(archive);
    long blocks = blocks(temp.resolve("ours/holes"));
    assertThat(blocks * 512).isLessThan(Files.size(tree.resolve("holes")) / 4);
    assertThat(Files.size(archive)).isLessThan(400_000);
  }

  private static long blocks(Path file) throws Exception {
    Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
    return Long.parseLong(
        new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
  }

  /** Makes a tree of what is special in a tar. All names in it are UTF-8. */
  private void plant() throws IOException {
    Path many = Files.createDirectories(tree.resolve("many"));
    Files.createDirectories(tree.resolve("empty/directory"));
    Files.writeString(tree.resolve("nothing"), "");
    Path deep = many;
    for (int i = 0; i < 6; i++) {
      deep = deep.resolve("d".repeat(60));
    }
    Files.createDirectories(deep);
    Files.writeString(deep.resolve("leaf"), "leaf");
    Files.writeString(many.resolve("x".repeat(255)), "long");
    Files.writeString(many.resolve("\u00e4".repeat(120)), "long, not ASCII");
    Files.writeString(many.resolve("s".repeat(100)), "at the limit");
    Files.writeString(tree.resolve("first"), "two names");
    Files.createLink(tree.resolve("second"), tree.resolve("first"));
    Files.createSymbolicLink(tree.resolve("link"), Path.of("t".repeat(180)));
    Files.createSymbolicLink(tree.resolve("linkToDirectory"), Path.of("many"));
    byte[] large = new byte[3_000_000];
    new Random(1).nextBytes(large);
    Files.write(tree.resolve("large"), Arrays.copyOf(large, 100_000));
    Files.writeString(tree.resolve("setuid"), "x");
    Files.setAttribute(tree.resolve("setuid"), "unix:mode", 04711);
    Files.setAttribute(many, "unix:mode", 01777);
    try (RandomAccessFile file = new RandomAccessFile(tree.resolve("holes").toFile(), "rw")) {
      file.seek(2_000_000);
      file.write(large, 0, 100_000);
      file.setLength(9_000_001);
    }
    try (RandomAccessFile file = new RandomAccessFile(tree.resolve("allHole").toFile(), "rw")) {
      file.setLength(2_000_000);
    }
  }

  private Map<String, String> by(String command, Path archive) throws IOException {
    Shell.run(temp, "rm -rf theirs && mkdir theirs");
    Shell.run(temp.resolve("theirs"), command, archive.toString());
    return Snapshot.of(temp.resolve("theirs"));
  }

  private Map<String, String> byUs(Path archive) throws IOException, InterruptedException {
    Shell.run(temp, "rm -rf ours && mkdir ours");
    Path root = temp.resolve("ours");
    ExtractOptions options = ExtractOptions.forThisUser(root).withPermissions(Permissions.EXACT);
    try (InputStream in = Files.newInputStream(archive)) {
      Unpacking.extract(in, root, options, entry -> true);
    }
    return Snapshot.of(root);
  }

  private static long count(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      return paths.count();
    }
  }

  private boolean isRoot() throws IOException {
    return Files.getAttribute(temp, "unix:uid").equals(0);
  }

  private static final String PYTHON =
      """
      import os, stat, sys, tarfile
      archive, tree = sys.argv[1:]
      names = {"."}
      for top, directories, files in os.walk(tree):
          names |= {os.path.relpath(os.path.join(top, n), tree) for n in directories + files}
      with tarfile.open(archive) as tar:
          for m in tar:
              name = os.path.normpath(m.name)
              names.remove(name)
              there = os.lstat(os.path.join(tree, name))
              assert int(m.mtime) == int(there.st_mtime), name
              if m.issym():
                  assert m.linkname == os.readlink(os.path.join(tree, name)), name
                  continue
              assert m.mode == stat.S_IMODE(there.st_mode), name
              assert (m.uid, m.gid) == (there.st_uid, there.st_gid), name
              if m.isreg():
                  assert m.size == there.st_size, name
                  with open(os.path.join(tree, name), "rb") as f:
                      assert tar.extractfile(m).read() == f.read(), name
              elif m.islnk():
                  assert os.path.samefile(os.path.join(tree, m.linkname), os.path.join(tree, name))
              else:
                  assert m.isdir() == stat.S_ISDIR(there.st_mode), name
      assert not names, names
      """;
}
