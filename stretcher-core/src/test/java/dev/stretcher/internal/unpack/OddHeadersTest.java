package dev.stretcher.internal.unpack;

import static dev.stretcher.internal.unpack.HeaderArchive.binary;
import static dev.stretcher.internal.unpack.HeaderArchive.octal;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.contract.Tools;
import dev.stretcher.internal.tar.ArchiveException;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers that no usual tar writes: what GNU tar makes of them, and what is refused. */
class OddHeadersTest {
  private static final int UID = 108;
  private static final int GID = 116;
  private static final int MODE = 100;
  private static final int SIZE = 124;
  private static final int MTIME = 136;
  private static final int MAJOR = 329;
  private static final int MINOR = 337;

  @TempDir Path temp;

  @TestFactory
  Stream<DynamicTest> extractsWhatTarExtracts() {
    Map<String, byte[]> archives = new LinkedHashMap<>();
    archives.put("a blank before a length", extended(" 15 path=blank\n"));
    archives.put("blanks before a length", extended("   17 path=blank\n"));
    archives.put("a tab before a length", extended("\t15 path=blank\n"));
    archives.put("blanks before a later length", extended("11 mtime=5\n  16 path=blank\n"));
    archives.put("blanks after a length", extended("16   path=blank\n"));
    archives.put("a tab after a length", extended("14\tpath=blank\n"));
    archives.put("blanks at the end", extended("12 path=one\n   "));
    archives.put("two headers", extended("12 path=one\n", "12 path=two\n"));
    archives.put("two headers of different keys", extended("12 path=one\n", "11 mtime=5\n"));
    archives.put("a header and an empty one", extended("12 path=one\n", ""));
    for (int zeros : new int[] {0, 1, 100, 511, 512, 513, 1023, 1024, 1200}) {
      archives.put(zeros + " zeros at the end", archive().file("a", "hi").end(zeros));
    }
    archives.put(
        "no numbers of a device in a file",
        archive()
            .field(MAJOR, "garbage".getBytes(UTF_8))
            .field(MINOR, all(0xff, 8))
            .file("a", "hi")
            .end());
    archives.put("a mode with a type", mode("0100644\0"));
    // As packers in Go write it: the type of the file in bits that only Go knows.
    for (long mode :
        new long[] {1L << 31 | 0755, 1L << 23 | 04711, 1L << 20 | 0600, 1L << 40, -1}) {
      byte[] directory = archive().field(MODE, field(mode, 8)).header('5', "a", "", octal(0)).end();
      archives.put("a directory with the mode " + mode, directory);
      archives.put(
          "a file with the mode " + mode,
          archive().field(MODE, field(mode, 8)).file("a", "hi").end());
    }
    archives.put("the largest owner", owner(0xfffffffeL));
    return archives.entrySet().stream()
        .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> assertAsTar(each.getValue())));
  }

  private void assertAsTar(byte[] archive) throws Exception {
    Tools.require("tar");
    Path file = Files.write(temp.resolve("a.tar"), archive);
    Path ours = Files.createTempDirectory(temp, "ours");
    Path theirs = Files.createTempDirectory(temp, "theirs");
    Shell.run(temp, "tar -C \"$1\" -xpf \"$2\"", theirs.toString(), file.toString());

    extract(archive, ours);

    assertThat(list(ours)).isEqualTo(list(theirs)).isNotEmpty();
  }

  private String list(Path root) throws Exception {
    Path list = temp.resolve("list");
    Shell.run(
        root,
        "find . -mindepth 1 -printf '%P %m %U %G %T@ %s\\n' | sort > \"$1\"",
        list.toString());
    return Files.readString(list);
  }

  @ParameterizedTest
  @ValueSource(longs = {1L << 40, 1L << 32, -1, -2, 0xffffffffL, Long.MAX_VALUE >> 8})
  void anOwnerThatNobodyCanBeIsRefused(long id) {
    assertRefused(owner(id), "its uid is " + id + ", expected 0 to 4294967294");
    byte[] group = archive().field(GID, field(id, 8)).file("a", "hi").end();
    assertRefused(group, "its gid is " + id + ", expected 0 to 4294967294");
  }

  @Test
  void anOwnerOfAnExtendedHeaderThatNobodyCanBeIsRefused() {
    for (String key : new String[] {"uid", "gid"}) {
      byte[] large = archive().extended('x', key, 1L << 40).file("a", "hi").end();
      assertRefused(large, "its " + key + " is 1099511627776");
      byte[] negative = archive().extended('x', key, -1).file("a", "hi").end();
      assertRefused(negative, key + "=-1");
    }
  }

  @ParameterizedTest
  @CsvSource({"124, 12, its size is", "329, 8, its devmajor is", "337, 8, its devminor is"})
  void aNumberThatIsCutElsewhereIsRefused(int at, int length, String message) {
    for (long value : new long[] {1L << 40, -1}) {
      if (at == SIZE && value > 0) {
        continue;
      }
      byte[] archive =
          archive().field(at, field(value, length)).header('3', "a", "", octal(0)).end();
      assertRefused(archive, message + " " + value);
    }
  }

  @Test
  void aTimeBeyondAllCalendarsIsRefused() {
    byte[] archive = archive().field(MTIME, field(Long.MAX_VALUE, 12)).file("a", "hi").end();
    assertRefused(archive, "its mtime is out of range");
  }

  @Test
  void aDeviceThatTheSystemHasNoNumberForIsRefused() {
    byte[] archive =
        archive().field(MAJOR, "0010000\0".getBytes(UTF_8)).header('4', "a", "", octal(0)).end();
    assertRefused(archive, "its devmajor is 4096, expected 0 to 4095");
  }

  private void assertRefused(byte[] archive, String message) {
    assertThatThrownBy(() -> extract(archive, Files.createTempDirectory(temp, "ours")))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("again");
  }

  private static void extract(byte[] archive, Path root) throws Exception {
    ExtractOptions options =
        ExtractOptions.forThisUser(root).withPermissions(ExtractOptions.Permissions.EXACT);
    Unpacking.extract(new ByteArrayInputStream(archive), root, options, entry -> true);
  }

  private static HeaderArchive archive() {
    return new HeaderArchive();
  }

  private static byte[] extended(String... contents) {
    HeaderArchive archive = archive();
    for (String content : contents) {
      archive.extended(content);
    }
    return archive.file("a", "hi").file("b", "ho").end();
  }

  private static byte[] owner(long id) {
    return archive().field(UID, field(id, 8)).file("a", "hi").end();
  }

  private static byte[] mode(String mode) {
    return archive().field(MODE, mode.getBytes(ISO_8859_1)).file("a", "hi").end();
  }

  /** Returns a number as GNU tar writes what octal digits cannot say. */
  private static byte[] field(long value, int length) {
    byte[] longest = binary(value);
    byte[] field = Arrays.copyOfRange(longest, longest.length - length, longest.length);
    field[0] = (byte) (value < 0 ? 0xff : 0x80 | field[0]);
    return field;
  }

  private static byte[] all(int value, int length) {
    byte[] field = ByteBuffer.allocate(length).array();
    Arrays.fill(field, (byte) value);
    return field;
  }
}
