package dev.stretcher.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that changes between the look at it and the end of its reading. */
class TrustedFileTest {
  private static final int MOST = 100;

  @TempDir Path directory;
  private Path file;
  private final AtomicInteger opened = new AtomicInteger();

  /** Something that happens to the file. */
  private interface Change {
    void happen() throws IOException;
  }

  @BeforeEach
  void makeAFile() throws IOException {
    file = write("file", "old text");
  }

  private Path write(String name, String text) throws IOException {
    Path path = Files.writeString(directory.resolve(name), text);
    return Files.setAttribute(path, "unix:mode", 0644);
  }

  /** Until then, some kernels have one and the same time for all that happens to a file. */
  private void awaitTick() throws IOException {
    Path probe = write("probe", "");
    while (Inode.of(probe).changed().equals(Inode.of(file).changed())) {
      Files.setAttribute(probe, "unix:mode", 0600);
    }
  }

  private static InputStream open(Path path) throws IOException {
    return Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Reads it while something happens to it before it is opened, a number of times. */
  private String read(int times, Change change) throws IOException {
    TrustedFile reader =
        new TrustedFile(
            path -> {
              if (opened.incrementAndGet() <= times) {
                change.happen();
              }
              return open(path);
            });
    return new String(reader.content(file, MOST), UTF_8);
  }

  @Test
  void aFileThatDoesNotChangeIsReadOnce() throws Exception {
    assertThat(read(0, () -> {})).isEqualTo("old text");
    assertThat(opened).hasValue(1);
  }

  @Test
  void whatTakesItsPlaceIsLookedAtBeforeItIsBelieved() throws Exception {
    Path other = write("other", "new text");
    Change swap = () -> Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertThat(read(1, swap)).isEqualTo("new text");
    assertThat(opened).hasValue(2);

    Path open = Files.setAttribute(write("open", "bad text"), "unix:mode", 0666);
    opened.set(0);
    assertThatThrownBy(
            () -> read(1, () -> Files.move(open, file, StandardCopyOption.REPLACE_EXISTING)))
        .hasMessageContaining("everyone may write to it");
  }

  @Test
  void aSwapThatIsTakenBackIsNoticed() throws Exception {
    Path aside = directory.resolve("aside");
    Path other = write("other", "bad text");
    awaitTick();
    TrustedFile reader =
        new TrustedFile(
            path -> {
              if (opened.incrementAndGet() > 1) {
                return open(path);
              }
              Files.move(file, aside);
              Files.move(other, file);
              InputStream bad = open(path);
              Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
              return bad;
            });
    assertThat(reader.content(file, MOST)).asString(UTF_8).isEqualTo("old text");
  }

  @Test
  void aLinkThatTakesItsPlaceIsNotFollowed() throws Exception {
    Path other = write("other", "bad text");
    Change swap =
        () -> {
          Files.delete(file);
          Files.createSymbolicLink(file, other);
        };
    assertThatThrownBy(() -> read(1, swap)).isInstanceOf(IOException.class);
  }

  @Test
  void aFileThatChangesAllTheTimeIsRefused() {
    assertThatThrownBy(() -> read(9, () -> Files.writeString(file, "+", StandardOpenOption.APPEND)))
        .hasMessageContaining(file + ": it changes while it is read");
  }

  @Test
  void aFileThatGrowsWithoutEndIsReadToTheLimitOnly() throws Exception {
    AtomicInteger given = new AtomicInteger();
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            given.incrementAndGet();
            return 'a';
          }
        };
    assertThatThrownBy(() -> new TrustedFile(path -> endless).content(file, MOST))
        .hasMessageContaining("it is longer than 100 bytes");
    assertThat(given).hasValue(MOST + 1);
  }

  @Test
  void whatIsTooLongIsNotEvenOpened() throws Exception {
    Files.writeString(file, "a".repeat(MOST));
    assertThat(read(0, () -> {})).hasSize(MOST);
    Files.writeString(file, "a".repeat(MOST + 1));
    opened.set(0);
    assertThatThrownBy(() -> read(0, () -> {})).hasMessageContaining("longer than 100 bytes");
    assertThat(opened).hasValue(0);
  }

  @Test
  void aFileThatIsRemovedMeanwhileIsNotThere() {
    assertThatThrownBy(() -> read(1, () -> Files.delete(file)))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aFileWhoseLengthIsNotTrueIsRefused() {
    // So are those in /proc: their content is made when it is read.
    assertThatThrownBy(
            () ->
                new TrustedFile(path -> new ByteArrayInputStream(new byte[3])).content(file, MOST))
        .hasMessageContaining("it changes while it is read");
  }

  @Test
  void aDirectoryIsNoFile() {
    assertThatThrownBy(() -> TrustedFile.read(directory, MOST))
        .hasMessageContaining("it is a directory, expected a file");
  }
}
