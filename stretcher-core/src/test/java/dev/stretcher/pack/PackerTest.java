package dev.stretcher.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Tools;
import dev.stretcher.internal.toc.Codec;
import dev.stretcher.internal.toc.TocWriter;
import dev.stretcher.manifest.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackerTest {
  private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

  @TempDir private Path temp;
  private Path tree;
  private Path out;
  private Path archive;

  @BeforeEach
  void plant() throws IOException {
    tree = Files.createDirectory(temp.resolve("tree"));
    out = Files.createDirectory(temp.resolve("out"));
    archive = out.resolve("packed.tar.gz");
    Files.writeString(tree.resolve("a"), "a");
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(out)) {
      assertThat(left).isEmpty();
    }
  }

  /** Writes the same files in the order of their names or in that of a seed. */
  private static Path grow(Path root, List<Integer> order) throws IOException {
    for (int i : order) {
      Path directory = Files.createDirectories(root.resolve("d" + i % 7));
      Path file = directory.resolve("file-" + i);
      Files.write(file, random(i % 10 == 0 ? 40_000 * i : 100 * i));
      Files.setLastModifiedTime(file, FileTime.from(TIME.plusNanos(i)));
    }
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(Files::isDirectory).toList()) {
        Files.setLastModifiedTime(path, FileTime.from(TIME));
      }
    }
    return root;
  }

  @ParameterizedTest
  @ValueSource(strings = {".tar.gz", ".tar.zst"})
  void theSameTreeGivesTheSameBytesWhateverTheThreadsAndTheOrderInDirectories(String ending)
      throws Exception {
    List<Integer> order = new ArrayList<>(IntStream.range(0, 60).boxed().toList());
    Path first = grow(temp.resolve("first"), order);
    Collections.shuffle(order, new Random(1));
    Path second = grow(temp.resolve("second"), order);

    Packed one = Packer.of(first).withThreads(1).pack(out.resolve("one" + ending));
    Packed five = Packer.of(second).withThreads(5).pack(out.resolve("five" + ending));

    assertThat(five).isEqualTo(one);
    assertThat(Files.mismatch(out.resolve("one" + ending), out.resolve("five" + ending)))
        .isEqualTo(-1);
  }

  @Test
  void theResultIsOfTheFileAndOfTheTree() throws Exception {
    Files.writeString(tree.resolve("b"), "bc");

    Packed packed = Packer.of(tree).pack(archive);

    byte[] bytes = Files.readAllBytes(archive);
    assertThat(packed.checksum())
        .isEqualTo(new Digest(Digest.Algorithm.SHA256, DigestUtils.sha256Hex(bytes)));
    assertThat(packed.length()).isEqualTo(bytes.length);
    assertThat(packed.entries()).isEqualTo(3);
    assertThat(packed.bytes()).isEqualTo(3);
  }

  @Test
  void whatIsExcludedIsNotInTheArchive() throws Exception {
    Files.createDirectories(tree.resolve("log/old"));
    Files.writeString(tree.resolve("log/old/x"), "x");

    Packed packed =
        Packer.of(tree)
            .excluding((path, directory) -> directory && path.equals(Path.of("log")))
            .pack(archive);

    assertThat(packed.entries()).isEqualTo(2);
  }

  @Test
  void eachSocketAndFileThatMayNotBeReadIsNamed() throws Exception {
    Tools.require("python3");
    Process sockets =
        new ProcessBuilder(
                "python3",
                "-c",
                "import socket\n"
                    + "for n in range(25): socket.socket(socket.AF_UNIX).bind('s%02d' % n)")
            .directory(tree.toFile())
            .start();
    assertThat(sockets.waitFor()).isZero();

    assertThatThrownBy(() -> Packer.of(tree).pack(archive))
        .isInstanceOf(PackException.class)
        .hasMessageContainingAll("25 files", "'s00': it is a socket", "'s19'", "and 5 more")
        .hasMessageNotContaining("s20");
    assertNothingIsLeft();
  }

  @Test
  void aFileThatMayNotBeReadIsNamedWithTheOthers() throws Exception {
    Files.setAttribute(tree.resolve("a"), "unix:mode", 0);
    Files.writeString(tree.resolve("b"), "b");
    Files.setAttribute(tree.resolve("b"), "unix:mode", 0);
    assumeTrue(!Files.isReadable(tree.resolve("a")), "root may read all files");

    assertThatThrownBy(() -> Packer.of(tree).pack(archive))
        .hasMessageContainingAll("'a': permission denied", "'b': permission denied");
    assertNothingIsLeft();
  }

  /** What happens to a tree while a file of it is packed that fills several batches. */
  private interface Change {
    void to(Path file) throws IOException;
  }

  private void assertRefused(Change change) throws IOException {
    Path large = Files.write(tree.resolve("large"), random(9 << 20));
    boolean[] done = new boolean[1];
    PackListener once =
        (entries, bytes) -> {
          try {
            if (!done[0]) {
              done[0] = true;
              change.to(large);
            }
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        };
    assertThatThrownBy(() -> Packer.of(tree).withThreads(1).withListener(once).pack(archive))
        .isInstanceOf(PackException.class)
        .hasMessageContaining("changed while it was packed");
    assertNothingIsLeft();
  }

  @Test
  void aFileThatGrowsWhileItIsPackedIsAnError() throws Exception {
    assertRefused(file -> Files.writeString(file, "more", StandardOpenOption.APPEND));
  }

  @Test
  void aFileThatShrinksWhileItIsPackedIsAnError() throws Exception {
    assertRefused(file -> Files.write(file, new byte[1]));
  }

  @Test
  void aFileThatGetsAnotherContentOfTheSameSizeAndTimeIsAnError() throws Exception {
    assertRefused(
        file -> {
          FileTime before = Files.getLastModifiedTime(file);
          Files.write(file, new byte[9 << 20]);
          Files.setLastModifiedTime(file, before);
        });
  }

  @Test
  void aFileThatIsReplacedWhileItIsPackedIsAnError() throws Exception {
    assertRefused(
        file -> {
          Files.delete(file);
          Files.createSymbolicLink(file, Path.of("a"));
        });
  }

  @Test
  void aFileThatComesWhileItsDirectoryIsPackedIsAnError() throws Exception {
    assertRefused(file -> Files.writeString(tree.resolve("new"), "x"));
  }

  @Test
  void anInterruptLeavesNothingBehind() throws Exception {
    Files.write(tree.resolve("large"), random(9 << 20));
    PackListener interrupting = (entries, bytes) -> Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Packer.of(tree).withListener(interrupting).pack(archive))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertNothingIsLeft();
  }

  @Test
  void whatAListenerThrowsLeavesNothingBehind() throws Exception {
    PackListener broken =
        (entries, bytes) -> {
          throw new IllegalStateException("broken");
        };

    assertThatThrownBy(() -> Packer.of(tree).withListener(broken).pack(archive))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("broken");
    assertNothingIsLeft();
  }

  @Test
  void anArchiveThatIsThereStaysUntilTheNextOneIsComplete() throws Exception {
    Files.writeString(archive, "before");
    PackListener looking = (entries, bytes) -> assertThat(archive).content().isEqualTo("before");

    Packed packed = Packer.of(tree).withListener(looking).pack(archive);

    assertThat(archive).hasSize(packed.length());
  }

  @Test
  void anArchiveThatIsALinkStaysOne() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("link.tar.gz"), archive);
    Files.writeString(archive, "before");

    Packed packed = Packer.of(tree).pack(link);

    assertThat(link).isSymbolicLink();
    assertThat(archive).hasSize(packed.length());
  }

  private void assertRefused(Path directory, Path output, String... message) {
    assertThatThrownBy(() -> Packer.of(directory).pack(output))
        .isInstanceOf(PackException.class)
        .hasMessageContainingAll(message);
  }

  @Test
  void wrongNamesAreToldWithTheRemedy() throws Exception {
    assertRefused(tree, out.resolve("x.zip"), "x.zip", ".tar.gz, .tgz or .tar.zst");
    assertRefused(tree, tree.resolve("x.tgz"), "in the directory that is packed", "outside");
    assertRefused(tree, out.resolve("no/x.tgz"), "out/no' is not a directory", "make it");
    assertRefused(tree, Files.createDirectory(out.resolve("d.tgz")), "d.tgz", "no file");
    assertRefused(tree.resolve("a"), out.resolve("x.tgz"), "tree/a' is not a directory");
    assertRefused(temp.resolve("none"), out.resolve("x.tgz"), "none' is not a directory");
    assertThatThrownBy(() -> Packer.of(tree).withLevel(10).pack(archive))
        .hasMessageContaining("level 10", "1 to 9");
    try (Stream<Path> left = Files.list(out)) {
      assertThat(left).containsExactly(out.resolve("d.tgz"));
    }
  }

  @Test
  void aDirectoryThatIsNamedByALinkIsPacked() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("current"), tree);

    assertThat(Packer.of(link).pack(archive)).isEqualTo(Packer.of(tree).pack(archive));
  }

  @Test
  void membersHoldWholeEntriesOrAPieceOfALargeFile() throws Exception {
    for (int i = 0; i < 200; i++) {
      Files.write(tree.resolve("small-" + i), random(2_000));
    }
    Files.write(tree.resolve("large"), random((2 << 20) + 1));
    List<Batch.Member> members = new ArrayList<>();
    MemberPipeline.Sink sink = batch -> members.addAll(batch.members());
    try (MemberPipeline pipeline = new MemberPipeline(() -> new GzipCompressor(6), 2, sink);
        TocWriter toc = new TocWriter(Codec.GZIP)) {
      EntryPacker packer =
          new EntryPacker(
              new MemberCutter(pipeline),
              toc,
              new EntryHeaders(PackOwner.ROOT),
              new Problems(),
              new EntryPacker.Totals());
      new TreeWalk(tree, PackFilter.NONE, new Problems(), packer).run();
      packer.finish();
    }
    assertThat(members).filteredOn(member -> member.tar() == 1 << 20).hasSize(2);
    assertThat(members).filteredOn(member -> member.tar() == 512).hasSize(1);
    List<Batch.Member> small =
        members.stream().filter(member -> member.tar() > 512 && member.tar() < 1 << 20).toList();
    assertThat(small).allMatch(member -> member.tar() <= 32 * 1024);
    assertThat(small).hasSizeBetween(15, 30);
  }

  @Test
  void aFileOfMoreThan8GiBHasItsSizeInARecord() throws Exception {
    Path file = tree.resolve("a");
    Look look = Look.at(file);
    Look huge =
        new Look(look.mode(), 9L << 30, look.modified(), look.changed(), 3_000_000, 0, 1, 1, 1, 0);
    byte[] blocks =
        new EntryHeaders(PackOwner.KEEP)
            .file(new FoundFile(file, "a".getBytes(StandardCharsets.UTF_8), huge));
    String text = new String(blocks, StandardCharsets.ISO_8859_1);
    assertThat(blocks).hasSize(1536);
    assertThat(text).contains("19 size=9663676416\n", "15 uid=3000000\n");
  }

  @Test
  void namedPipesArePackedAndNotRead() throws Exception {
    Tools.require("mkfifo");
    new ProcessBuilder("mkfifo", tree.resolve("pipe").toString())
        .start()
        .waitFor(10, TimeUnit.SECONDS);
    assertThat(Files.exists(tree.resolve("pipe"), LinkOption.NOFOLLOW_LINKS)).isTrue();

    assertThat(Packer.of(tree).pack(archive).entries()).isEqualTo(3);
  }

  @Test
  void ownersAreNamesOrNumbers() {
    assertThat(PackOwner.parse("0:0")).isEqualTo(PackOwner.ROOT).hasToString("0:0");
    assertThat(PackOwner.parse("keep")).isSameAs(PackOwner.KEEP).hasToString("keep");
    assertThat(PackOwner.parse("deploy:33")).hasToString("deploy:33");
    assertThat(PackOwner.parse("root:deploy"))
        .isEqualTo(PackOwner.of(new PackOwner.Id(0, "root"), new PackOwner.Id(65534, "deploy")));
    for (String wrong :
        List.of("", "a", ":", "a:", ":b", "a b:c", "4294967295:0", "a:b:c", "-1:0")) {
      assertThatThrownBy(() -> PackOwner.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whatCannotBeCompressedHasRoom() {
    byte[] noise = random(Batch.SIZE);
    for (MemberCompressor each : List.of(new GzipCompressor(9), new ZstdCompressor(1))) {
      try (Batch batch = new Batch(each)) {
        batch.tar().put(noise);
        batch.cut();
        assertThat(batch.compress().packed().remaining()).isGreaterThan(Batch.SIZE);
      }
    }
  }
}
