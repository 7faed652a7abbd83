package dev.stretcher.internal.unpack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Tools;
import dev.stretcher.internal.decompress.CompressedTar;
import dev.stretcher.internal.decompress.Decompressors;
import dev.stretcher.internal.omit.Omissions;
import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.OmittedFiles.OmittedFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractorTest {
  @TempDir Path temp;

  private Path root;

  @BeforeEach
  void createRoot() throws IOException {
    root = Files.createDirectory(temp.resolve("root"));
    Tools.require("tar");
  }

  @Test
  void refusesWhatIsNotAnArchive() {
    assertThatThrownBy(() -> extract("<html>not found</html>".getBytes(UTF_8)))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("not an archive")
        .hasMessageContaining("<html>not")
        .hasMessageContaining("zstd");
  }

  @Test
  void refusesEmptyInput() {
    assertThatThrownBy(() -> extract(new byte[0]))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("empty");
  }

  @Test
  void acceptsAnArchiveWithoutEntries() throws Exception {
    assertThat(extract(new byte[1024]).entries()).isZero();
  }

  @Test
  void readsSeveralGzipMembersAndIgnoresPadding() throws Exception {
    byte[] tar = tar("mkdir in; echo hello > in/a", "-C in a");
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    for (int from = 0; from < tar.length; from += 700) {
      try (GZIPOutputStream gzip = new GZIPOutputStream(members)) {
        gzip.write(tar, from, Math.min(700, tar.length - from));
      }
    }
    members.write(new byte[100]);
    assertThat(extract(members.toByteArray()).bytes()).isEqualTo(6);
    assertThat(root.resolve("a")).hasContent("hello\n");
  }

  @Test
  void saysThatAnArchiveIsTruncated() throws Exception {
    byte[] tar = tar("mkdir in; head -c 3000 /dev/zero > in/a", "-C in a");
    for (int length : new int[] {513, 1024, 1025, 3511, 3583}) {
      assertThatThrownBy(() -> extract(Arrays.copyOf(tar, length)))
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining("truncated");
      Files.deleteIfExists(root.resolve("a"));
    }
  }

  @Test
  void acceptsAMissingEndMark() throws Exception {
    byte[] tar = tar("mkdir in; head -c 3000 /dev/zero > in/a", "-C in a");
    assertThat(extract(Arrays.copyOf(tar, 512 + 3072)).entries()).isEqualTo(1);
  }

  @Test
  void refusesADamagedHeader() throws Exception {
    byte[] tar = tar("mkdir in; touch in/a in/b", "-C in a b");
    tar[512] ^= 1;
    assertThatThrownBy(() -> extract(tar))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("after entry 'a'")
        .hasMessageContaining("checksum");
  }

  @Test
  void refusesNamesThatLeadOutside() throws Exception {
    byte[] up = tar("mkdir in; touch evil", "-P -C in ../evil");
    assertThatThrownBy(() -> extract(up))
        .isInstanceOfSatisfying(
            ArchiveException.class, e -> assertThat(e.entry()).contains("../evil"));
    byte[] absolute = tar("touch evil", "-P \"$PWD/evil\"");
    assertThatThrownBy(() -> extract(absolute))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("absolute");
  }

  @Test
  void neverWritesThroughASymbolicLink() throws Exception {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    byte[] tar =
        tar(
            "mkdir -p one two/link; ln -s \"$PWD/outside\" one/link; touch two/link/evil",
            "-C one link -C ../two link/evil");
    assertThatThrownBy(() -> extract(tar))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("link/evil");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void refusesAHardLinkToAMissingFile() throws Exception {
    byte[] tar = tar("mkdir in; touch in/a; ln in/a in/b", "-C in a b");
    byte[] onlyLink = Arrays.copyOfRange(tar, 512, tar.length);
    assertThatThrownBy(() -> extract(onlyLink))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("hard link to 'a'");
  }

  @Test
  void laterEntriesReplaceEarlierOnes() throws Exception {
    byte[] tar =
        tar(
            "mkdir -p one two/a; echo 1 > one/a",
            "--hard-dereference -C one a -C ../two a -C ../one a");
    assertThat(extract(tar).entries()).isEqualTo(3);
    assertThat(root.resolve("a")).hasContent("1\n");
  }

  @Test
  void leavesOutWhatIsNotNeededAndBringsItLater() throws Exception {
    byte[] tar =
        tar("mkdir -p in/d; echo a > in/a; echo b > in/d/b; ln in/a in/link", "-C in a d link");

    ExtractionReport report = extract(tar, entry -> entry.path().endsWith("b"));

    assertThat(root.resolve("a")).doesNotExist();
    assertThat(root.resolve("link")).doesNotExist();
    assertThat(root.resolve("d/b")).hasContent("b\n");
    assertThat(report.bytes()).isEqualTo(4);
    assertThat(report.omissions().paths()).containsExactlyInAnyOrder(Path.of("a"), Path.of("link"));
    FileTime before = Files.getLastModifiedTime(root);
    complete(tar, report, "link", "d/b");
    assertThat(root.resolve("link")).hasContent("a\n");
    assertThat(root.resolve("a")).doesNotExist();
    assertThat(report.omissions().paths()).containsExactly(Path.of("a"));
    complete(tar, report, "a");
    assertThat(root.resolve("a")).hasContent("a\n");
    assertThat(report.omissions().isEmpty()).isTrue();
    assertThat(Files.getLastModifiedTime(root)).isEqualTo(before);
  }

  @Test
  void saysWhatALeftOutFileWouldLookLike() throws Exception {
    byte[] tar = tar("mkdir in; echo a > in/a; touch -d @1000000 in/a; chmod 640 in/a", "-C in a");

    OmittedFile left = extract(tar, entry -> false).omissions().in(Path.of("")).iterator().next();

    Path whole = Files.createDirectory(temp.resolve("whole"));
    Unpacking.extract(
        new ByteArrayInputStream(tar), whole, ExtractOptions.forThisUser(temp), entry -> true);
    Map<String, Object> there = Files.readAttributes(whole.resolve("a"), "unix:mode,uid,gid");
    assertThat(left.mode().bits() | 0100000).isEqualTo(there.get("mode"));
    assertThat(left.uid()).isEqualTo(there.get("uid"));
    assertThat(left.gid()).isEqualTo(there.get("gid"));
    assertThat(left.size()).isEqualTo(2);
    assertThat(left.modified().getEpochSecond()).isEqualTo(1000000);
    assertThat(root).isEmptyDirectory();
  }

  @Test
  void ofANameThatComesTwiceTheLaterEntryCountsWhicheverIsLeftOut() throws Exception {
    byte[] tar =
        tar(
            "mkdir -p one two; echo 1 > one/a; echo two > two/a",
            "--hard-dereference -C one a -C ../two a");

    ExtractionReport later = extract(tar, entry -> entry.size() == 2);
    assertThat(root.resolve("a")).doesNotExist();
    complete(tar, later, "a");
    assertThat(root.resolve("a")).hasContent("two\n");

    Files.delete(root.resolve("a"));
    ExtractionReport earlier = extract(tar, entry -> entry.size() == 4);
    assertThat(root.resolve("a")).hasContent("two\n");
    assertThat(earlier.omissions().isEmpty()).isTrue();
  }

  @Test
  void refusesWhatLiesBelowAFileThatIsLeftOut() throws Exception {
    byte[] tar =
        tar("mkdir -p one two/a; echo 1 > one/a; echo 2 > two/a/b", "-C one a -C ../two a/b");

    assertThatThrownBy(() -> extract(tar, entry -> false))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("below 'a'");
  }

  @Test
  void refusesALinkInThePlaceOfADirectoryWhoseFilesAreLeftOut() throws Exception {
    byte[] tar =
        tar(
            "mkdir -p one/d two outside; echo 1 > one/d/f; ln -s ../outside two/d",
            "-C one d d/f -C ../two d");

    assertThatThrownBy(() -> extract(tar, entry -> false))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("a directory that is not empty");
  }

  @Test
  void whatIsBroughtLaterHasItsOwnGroupInADirectoryThatPassesOnAnother() throws Exception {
    assumeTrue(Files.getAttribute(temp, "unix:uid").equals(0), "only root can give groups away");
    byte[] tar =
        tar(
            "mkdir -p in/a in/d; echo 1 > in/a/f; echo 2 > in/d/f; chgrp 33 in/d; chmod 2755 in/d",
            "-C in a d");
    ExtractionReport report = extract(tar, entry -> false);

    complete(tar, report, "a/f", "d/f");

    assertThat(Files.getAttribute(root.resolve("d"), "unix:gid")).isEqualTo(33);
    assertThat(Files.getAttribute(root.resolve("a/f"), "unix:gid")).isEqualTo(0);
    assertThat(Files.getAttribute(root.resolve("d/f"), "unix:gid")).isEqualTo(0);
  }

  @Test
  void bringsNothingThroughALink() throws Exception {
    byte[] tar = tar("mkdir -p in/d; echo 1 > in/d/f", "-C in d");
    ExtractionReport report = extract(tar, entry -> false);
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Files.delete(root.resolve("d"));
    Files.createSymbolicLink(root.resolve("d"), outside);

    assertThatThrownBy(() -> complete(tar, report, "d/f"))
        .hasMessageContaining("not a directory any more");
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void stopsWhenItIsInterrupted() throws Exception {
    byte[] tar = tar("mkdir in; touch in/a", "-C in a");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> extract(tar)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  private byte[] tar(String preparation, String members) throws IOException {
    Shell.run(temp, preparation + "; tar -cf made.tar " + members);
    return Files.readAllBytes(temp.resolve("made.tar"));
  }

  private void complete(byte[] archive, ExtractionReport report, String... names)
      throws IOException, InterruptedException {
    ExtractOptions options = ExtractOptions.forThisUser(temp);
    Omissions omissions = report.omissions();
    List<Path> paths = Stream.of(names).map(Path::of).toList();
    Extractor.makeDirectories(root, omissions, omissions.directoriesOf(paths));
    Map<Integer, List<Path>> wanted = omissions.byEntry(paths);
    CompressedTar.read(
        new ByteArrayInputStream(archive),
        Decompressors.JAVA,
        options.limits(),
        entries -> Extractor.complete(entries, root, options, omissions, wanted));
  }

  private ExtractionReport extract(byte[] archive) throws IOException, InterruptedException {
    return extract(archive, entry -> true);
  }

  private ExtractionReport extract(byte[] archive, ContentFilter needed)
      throws IOException, InterruptedException {
    boolean interrupted = Thread.interrupted();
    ExtractOptions options = ExtractOptions.forThisUser(temp);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return Unpacking.extract(new ByteArrayInputStream(archive), root, options, needed);
  }
}
