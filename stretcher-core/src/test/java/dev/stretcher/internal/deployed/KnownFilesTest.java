package dev.stretcher.internal.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.internal.toc.Contents;
import dev.stretcher.internal.toc.Toc;
import dev.stretcher.internal.toc.TocEntries;
import dev.stretcher.internal.toc.TocReader;
import dev.stretcher.manifest.Digest;
import dev.stretcher.option.Options;
import dev.stretcher.pack.Packed;
import dev.stretcher.pack.Packer;
import dev.stretcher.spi.SyncTarget.KnownContents;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of the files that a deploy has put into dest. */
class KnownFilesTest {
  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000, 123_456_789);

  @TempDir Path temp;
  private Toc toc;
  private KnownContents known;

  @BeforeEach
  void packATree() throws Exception {
    Path tree = Files.createDirectory(temp.resolve("tree"));
    for (String name : List.of("a", "b", "empty")) {
      Path file = Files.writeString(tree.resolve(name), name.equals("empty") ? "" : name);
      Files.setLastModifiedTime(file, FileTime.from(TIME));
    }
    for (int i = 0; i < 300; i++) {
      Files.writeString(tree.resolve("f" + i), "content " + i);
    }
    Path archive = temp.resolve("x.tar.gz");
    Packed packed = Packer.of(tree).pack(archive);
    try (FileChannel channel = FileChannel.open(archive)) {
      toc = TocReader.ofArchive(channel, packed.toc(), Options.DEFAULT).orElseThrow();
    }
    known = KnownFiles.of(temp.resolve("dest"), toc, Options.DEFAULT);
  }

  private static Digest digest(String content) {
    return new Digest(Digest.Algorithm.SHA256, DigestUtils.sha256Hex(content));
  }

  @Test
  void aFileOfTheSameSizeAndTimeHasTheContentThatWasDeployed() {
    assertThat(known.digest(Path.of("a"), 1, TIME)).contains(digest("a"));
    assertThat(known.digest(Path.of("b"), 1, TIME)).contains(digest("b"));
  }

  @Test
  void anotherSizeOrTimeIsNotKnown() {
    assertThat(known.digest(Path.of("a"), 2, TIME)).isEmpty();
    assertThat(known.digest(Path.of("a"), 1, TIME.plusNanos(1))).isEmpty();
    assertThat(known.digest(Path.of("a"), 1, TIME.plusSeconds(1))).isEmpty();
    assertThat(known.digest(Path.of("c"), 1, TIME)).isEmpty();
    assertThat(known.digest(Path.of("empty"), 0, TIME)).isEmpty();
  }

  @Test
  void aFileSystemMayHaveCoarserTimes() {
    assertThat(known.digest(Path.of("a"), 1, Instant.ofEpochSecond(TIME.getEpochSecond())))
        .contains(digest("a"));
    assertThat(known.digest(Path.of("a"), 1, Instant.ofEpochSecond(TIME.getEpochSecond() - 1)))
        .isEmpty();
  }

  @Test
  void allFilesAreKnown() throws Exception {
    int files = 0;
    try (TocEntries entries = new TocEntries(toc, Contents.NONE, Options.DEFAULT)) {
      for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
        if (entries.digest().isPresent()) {
          assertThat(known.digest(entry.path(), entry.size(), entry.modified()))
              .isEqualTo(entries.digest());
          files++;
        }
      }
    }
    assertThat(files).isEqualTo(302);
  }

  @Test
  void pathsGetNumbersInTheirOrder() {
    PathTable table = new PathTable(0, UUID.randomUUID().getMostSignificantBits());
    for (int i = 0; i < 10_000; i++) {
      assertThat(table.add(Path.of("d" + i % 7, "file" + i))).isEqualTo(i);
    }
    for (int i = 0; i < 10_000; i++) {
      assertThat(table.find(Path.of("d" + i % 7, "file" + i))).isEqualTo(i);
      assertThat(table.add(Path.of("d" + i % 7, "file" + i))).isEqualTo(i);
    }
    assertThat(table.find(Path.of("other"))).isEqualTo(PathTable.NONE);
    assertThat(table.size()).isEqualTo(10_000);
  }
}
