package dev.stretcher.internal.unpack;

import static dev.stretcher.internal.unpack.HeaderArchive.binary;
import static dev.stretcher.internal.unpack.HeaderArchive.octal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Tools;
import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a header announces, and what of that the archive has. */
class AnnouncedSizeTest {
  private static final byte[] NONE = octal(0);

  @TempDir Path temp;

  @ParameterizedTest(name = "of type {0}")
  @ValueSource(strings = {"1", "2", "3", "4", "5", "6", "0/", "7/", "\0/"})
  void whatFollowsAnEntryWithoutContentIsExtractedWhateverItsSizeIs(String type) throws Exception {
    assumeTrue("346".indexOf(type.charAt(0)) < 0 || isRoot(), "a device takes root");
    for (byte[] size : new byte[][] {octal(1), octal(4096), octal(1 << 20), binary(1L << 40)}) {
      Path root = extract(with(type, archive(), size).file("z", "last").end());
      assertThat(root.resolve("z")).hasContent("last");
    }
    Path root =
        extract(with(type, archive().extended('x', "size", 4096), NONE).file("z", "last").end());
    assertThat(root.resolve("z")).hasContent("last");
  }

  @ParameterizedTest(name = "of type {0}")
  @ValueSource(strings = {"1", "2", "5", "0/"})
  void whatAnEntryWithoutContentHasAfterItsHeaderIsRefused(String type) {
    for (byte first : new byte[] {'x', 0}) {
      byte[] content = new byte[3000];
      Arrays.fill(content, 1500, content.length, (byte) 'x');
      content[0] = first;
      byte[] tar =
          with(type, archive(), octal(content.length)).content(content).file("z", "last").end();
      assertThatThrownBy(() -> extract(tar))
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining("'app'")
          .hasMessageContaining("3000 bytes")
          .hasMessageContaining("build the archive again");
    }
  }

  @Test
  void zerosThatASizeAnnouncesHideNoEntry() {
    byte[] tar = with("1", archive(), octal(1024)).content(new byte[1024]).file("z", "last").end();
    assertThatThrownBy(() -> extract(tar)).hasMessageContaining("'app'");
  }

  @Test
  void theEndMayFollowAnEntryWithASize() throws Exception {
    byte[] tar = with("2", archive(), octal(5000)).end();
    for (int length : new int[] {tar.length, 3 * 512, 3 * 512 + 1024, 3 * 512 + 1030}) {
      assertThat(extract(Arrays.copyOf(tar, length)).resolve("app")).isSymbolicLink();
    }
  }

  @Test
  void theSizeOfWhatHasNoContentCountsForNoLimit() throws Exception {
    byte[] tar = with("5", archive(), binary(1L << 50)).file("z", "last").end();
    assertThat(extract(tar, Options.DEFAULT.with(Settings.MAX_UNPACKED, 9)).resolve("z")).exists();
  }

  @Test
  void theListInADumpOfADirectoryIsPassedOver() throws Exception {
    byte[] tar =
        archive()
            .header('D', "app/", "", octal(700))
            .content(new byte[700])
            .file("z", "last")
            .end();
    Path root = extract(tar);
    assertThat(root.resolve("app")).isDirectory();
    assertThat(root.resolve("z")).hasContent("last");
  }

  @Test
  void anUnknownTypeIsAFileWithItsContentAlsoWithASlash() throws Exception {
    byte[] tar =
        archive()
            .header('Z', "app/", "", octal(4))
            .content("mine".getBytes(UTF_8))
            .file("z", "last")
            .end();
    Path root = extract(tar);
    assertThat(root.resolve("app")).hasContent("mine");
    assertThat(root.resolve("z")).hasContent("last");
  }

  @Test
  void anExtendedHeaderBeforeALabelIsAboutTheLabel() throws Exception {
    byte[] tar =
        archive()
            .extended('x', "size", 700)
            .header('V', "label", "", NONE)
            .content(new byte[700])
            .file("z", "last")
            .end();
    assertThat(extract(tar).resolve("z")).hasContent("last");
  }

  @ParameterizedTest(name = "of type {0}")
  @ValueSource(strings = {"2", "5"})
  void aSizeThatIsNoneIsRefused(String type) {
    for (byte[] size : new byte[][] {binary(-512), "12x45".getBytes(UTF_8)}) {
      byte[] tar = with(type, archive(), size).file("z", "last").end();
      assertThatThrownBy(() -> extract(tar)).hasMessageContaining("its size is");
    }
  }

  /** GNU tar is the measure: what it extracts without complaint is extracted, the rest refused. */
  @Test
  void entriesOfAllTypesAndSizesAreThoseOfGnuTar() throws Exception {
    assumeTrue(isRoot(), "devices take root");
    Tools.require("tar");
    long seed = Long.getLong("stretcher.seed", System.nanoTime());
    System.out.println("stretcher.seed=" + seed);
    for (int i = 0; i < 60 * Integer.getInteger("stretcher.campaign", 1); i++) {
      compare("stretcher.seed=" + (seed + i), new RandomHeaders(new Random(seed + i)).archive());
    }
  }

  private void compare(String about, byte[] tar) throws Exception {
    Path directory = Files.createTempDirectory(temp, "round");
    Files.write(directory.resolve("tar"), tar);
    int status = Shell.status(directory, "mkdir theirs && tar -xpf tar -C theirs 2>said");
    boolean complained =
        Files.readString(directory.resolve("said"))
            .lines()
            .anyMatch(line -> !line.matches(".*(Unknown file type|contiguous files).*"));
    try {
      Path ours = extract(tar);
      assertThat(status + (complained ? ", with a complaint" : "")).as(about).isEqualTo("0");
      assertThat(Snapshot.of(ours)).as(about).isEqualTo(Snapshot.of(directory.resolve("theirs")));
    } catch (ArchiveException e) {
      assertThat(status != 0 || complained).as(about + ": " + e.getMessage()).isTrue();
    }
  }

  private static HeaderArchive archive() {
    return new HeaderArchive().file("t", "first");
  }

  private static HeaderArchive with(String type, HeaderArchive archive, byte[] size) {
    String link = "12".contains(type) ? "t" : "";
    return archive.header(type.charAt(0), "app" + type.substring(1), link, size);
  }

  private Path extract(byte[] tar) throws Exception {
    return extract(tar, Options.DEFAULT);
  }

  private Path extract(byte[] tar, Options limits) throws Exception {
    Path root = Files.createTempDirectory(temp, "ours");
    Files.setAttribute(root, "unix:mode", 0755);
    Unpacking.extract(
        new ByteArrayInputStream(tar),
        root,
        ExtractOptions.forThisUser(root).withLimits(limits),
        entry -> true);
    return root;
  }

  private boolean isRoot() throws IOException {
    return Files.getAttribute(temp, "unix:uid").equals(0);
  }
}
