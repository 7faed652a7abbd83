package dev.stretcher.internal.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Tools;
import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.manifest.Links;
import dev.stretcher.option.Options;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.Entry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system to which two spellings are one name: exFAT. */
class NameFoldingTest {
  /** What exFAT has no place for is not restored. */
  private static final ExtractOptions OPTIONS =
      new ExtractOptions(
          ExtractOptions.Permissions.UMASK,
          ExtractOptions.Owners.OWN,
          022,
          Options.DEFAULT,
          Links.ANY,
          name -> false);

  @TempDir Path directory;

  private Path disk;
  private boolean mounted;

  @BeforeEach
  void mountExfat() throws Exception {
    Tools.require("mkfs.exfat");
    Tools.require("mount.exfat-fuse");
    disk = Files.createDirectory(directory.resolve("disk"));
    mounted =
        isDone(
            "truncate -s 4M image && mkfs.exfat image && device=$(losetup -f --show image)"
                + " && echo $device > device && mount.exfat-fuse $device disk");
    assumeTrue(mounted, "only root can mount a disk");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      isDone("umount disk");
    }
    isDone("losetup -d $(cat device)");
  }

  private boolean isDone(String script) throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", script)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("said").toFile())
            .start()
            .waitFor()
        == 0;
  }

  private ExtractionReport extract(String... names) throws IOException, InterruptedException {
    return extract(entry -> true, names);
  }

  private ExtractionReport extract(ContentFilter needed, String... names)
      throws IOException, InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (String name : names) {
        byte[] content = name.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        entry.setModTime(1_000_000_000_000L);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    Path root = Files.createTempDirectory(disk, "root");
    return Unpacking.extract(new ByteArrayInputStream(bytes.toByteArray()), root, OPTIONS, needed);
  }

  @Test
  void twoSpellingsOfADirectoryAreRefusedAlsoIfNothingIsNeeded() {
    ContentFilter nothing =
        new ContentFilter() {
          @Override
          public boolean needs(Entry entry) {
            return false;
          }

          @Override
          public boolean needsDirectory(Entry directory) {
            return false;
          }
        };
    assertThatThrownBy(() -> extract(nothing, "lib/a", "LIB/b"))
        .isInstanceOf(ArchiveException.class);
  }

  @Test
  void twoSpellingsOfANameAreRefused() {
    assertThatThrownBy(() -> extract("README", "other", "Readme"))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("'Readme'")
        .hasMessageContaining("another spelling");
  }

  @Test
  void aDirectoryAndAFileOfItsNameInAnotherSpellingAreRefused() {
    assertThatThrownBy(() -> extract("lib/a", "LIB/b")).isInstanceOf(ArchiveException.class);
  }

  @Test
  void aNameThatComesTwiceInOneSpellingIsNoMistake() throws Exception {
    assertThat(extract("README", "README").entries()).isEqualTo(2);
  }
}
