package dev.stretcher.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.stretcher.contract.SourceContract;
import dev.stretcher.contract.Tools;
import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import dev.stretcher.text.NativeText;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSourceTest extends SourceContract {
  private static final byte[] TEN = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

  @TempDir private Path directory;
  private final FileSource source = new FileSource();
  private Optional<Closeable> writer = Optional.empty();

  @Override
  protected Source source() {
    return source;
  }

  @Override
  protected URI put(String name, byte[] bytes) throws IOException {
    Files.write(directory.resolve(NativeText.path(name)), bytes);
    return uri(name);
  }

  @Override
  protected URI missing() {
    return uri("missing");
  }

  private URI uri(String name) {
    try {
      return new URI("file", null, directory + "/" + name, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  @Override
  protected List<Capability> capabilities() {
    return List.of(Capability.values());
  }

  @Override
  protected Optional<URI> stalling() throws IOException {
    Path pipe = pipe();
    // Open for both, so that neither this nor the reader waits for the other.
    RandomAccessFile file = new RandomAccessFile(pipe.toFile(), "rw");
    writer = Optional.of(file);
    file.write(TEN);
    return Optional.of(pipe.toUri());
  }

  @AfterEach
  void closeWriter() throws IOException {
    if (writer.isPresent()) {
      writer.get().close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:", "file://", "file://localhost", "FILE://LOCALHOST"})
  void readsEveryFormOfUrlInPlace(String prefix) throws Exception {
    Path file = Files.write(directory.resolve("object"), TEN);

    try (Content content = open(prefix + file)) {
      assertThat(content.file()).contains(file);
      assertThat(content.body().readAllBytes()).isEqualTo(TEN);
    }
  }

  @Test
  void takesPercentEncodedBytesForTheBytesOfAName() throws Exception {
    Files.write(directory.resolve(NativeText.path("grüße")), TEN);

    assertThat(read(directory + "/gr%C3%BC%c3%9fe")).isEqualTo(TEN);
    assertThat(read(directory + "/grüße")).isEqualTo(TEN);
  }

  @Test
  void findsNamesThatAreNotUtf8() throws Exception {
    Files.write(directory.resolve(NativeText.path(new byte[] {'a', (byte) 0xff})), TEN);

    assertThat(read(directory + "/a%FF")).isEqualTo(TEN);
  }

  @Test
  void readsNoFileUrlsOfOtherHosts() {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> open("file://user:secret@host/etc/hostname"))
        .withMessageContaining("file://host/etc/hostname")
        .withMessageContaining("another host")
        .withMessageContaining("write file:///path")
        .withMessageNotContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:relative", "file:///a%00b"})
  void saysWhatAUrlLacks(String uri) {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> open(uri))
        .withMessageMatching(".*(has no absolute path; write|is not a name of a file here).*");
  }

  @Test
  void refusesADirectory() {
    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> open("file:" + directory))
        .withMessage(directory + ": is a directory; name a file in it");
  }

  @Test
  void saysWhichFileDoesNotExist() {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> open("file:" + directory + "/gr%C3%BC%C3%9Fe"))
        .withMessage(directory + "/grüße: no such file; check the path");
  }

  @Test
  void saysWhatToDoAboutAnUnreadableFile() throws Exception {
    Path file = Files.write(directory.resolve("secret"), TEN);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(file), "root reads everything");

    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> open("file:" + file))
        .withMessageStartingWith(file + ": permission denied; let the user of this process");
  }

  @Test
  void tellsAFileThatWasReplacedByOneOfTheSameSizeAndTime() throws Exception {
    Path file = Files.write(directory.resolve("object"), TEN);
    Path other = Files.write(directory.resolve("other"), new byte[10]);
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
    FetchRequest request;
    try (Content content = open("file:" + file)) {
      request = new FetchRequest(ByteRange.from(5), content.validator(), "test");
    }

    Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);

    try (Content content = source.open(file.toUri(), request)) {
      assertThat(content.firstByte()).isZero();
      assertThat(content.body().readAllBytes()).isEqualTo(new byte[10]);
    }
  }

  @Test
  void aPipeHasNoEndToBeginWith() throws Exception {
    assertThat(source.openEnd(pipe().toUri(), 5, "test")).isEmpty();
  }

  @Test
  void readsAPipeAsAStream() throws Exception {
    Path pipe = pipe();
    CompletableFuture<Void> written =
        CompletableFuture.runAsync(
            () -> {
              try {
                Files.write(pipe, TEN);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });

    try (Content content = open("file:" + pipe)) {
      assertThat(content.file()).isEmpty();
      assertThat(content.totalLength()).isEmpty();
      assertThat(content.body().readAllBytes()).isEqualTo(TEN);
    }
    written.get(20, TimeUnit.SECONDS);
  }

  @Test
  void canBeInterruptedWhileNobodyWritesToAPipe() throws Exception {
    Path pipe = pipe();

    assertThat(Interrupting.blocked(() -> open("file:" + pipe)))
        .isInstanceOf(InterruptedException.class);
    // The thread that opens the pipe at last finds a reader, which then leaves.
    Files.write(pipe, new byte[0]);
  }

  private Path pipe() throws IOException {
    Tools.require("mkfifo");
    Path pipe = directory.resolve("pipe");
    Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start();
    assertThat(mkfifo.onExit().join().exitValue()).isZero();
    return pipe;
  }

  private byte[] read(String path) throws IOException, InterruptedException {
    try (Content content = open("file://" + path)) {
      return content.body().readAllBytes();
    }
  }

  private Content open(String uri) throws IOException, InterruptedException {
    return source.open(URI.create(uri), FetchRequest.all("test"));
  }
}
