package dev.stretcher.internal.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.process.Background;
import dev.stretcher.process.Interrupts;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ArrivingFileTest {
  private static final long MOMENT = 50_000_000;

  @TempDir private Path directory;

  private Path path() {
    return directory.resolve("spool");
  }

  private ArrivingFile file(OptionalLong length) throws IOException {
    Files.createFile(path());
    return new ArrivingFile(path(), path(), length);
  }

  private void write(ArrivingFile file, String text) throws IOException {
    Files.writeString(path(), text, StandardOpenOption.APPEND);
    file.arrived(text.length());
  }

  private static <T> Background<T, IOException> waiting(Background.Work<T, IOException> work)
      throws Exception {
    Background<T, IOException> background = Background.start("test", work);
    assertThatThrownBy(() -> background.await(MOMENT)).isInstanceOf(TimeoutException.class);
    return background;
  }

  @Test
  void aReaderWaitsForEachByteUntilTheEnd() throws Exception {
    ArrivingFile file = file(OptionalLong.empty());
    try (InputStream in = file.open()) {
      write(file, "ab");
      assertThat(in.read()).isEqualTo('a');
      assertThat(in.read(new byte[9], 0, 0)).isZero();
      byte[] target = new byte[9];
      assertThat(in.read(target, 1, 8)).isEqualTo(1);
      assertThat(target[1]).isEqualTo((byte) 'b');

      Background<Integer, IOException> next = waiting(in::read);
      write(file, "\u007f");
      assertThat(next.await()).isEqualTo(0x7f);

      Background<Integer, IOException> last = waiting(in::read);
      file.complete();
      assertThat(last.await()).isEqualTo(-1);
    }
  }

  @Test
  void bytesThatArrivedAreReadThoughTheFileIsComplete() throws Exception {
    Files.write(path(), new byte[] {(byte) 0xff, 1});
    try (InputStream in = ArrivingFile.complete(path(), 2).open()) {
      assertThat(in.read()).isEqualTo(0xff);
      assertThat(in.read()).isEqualTo(1);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void aFileThatHasBecomeShorterIsSaidToBe() throws Exception {
    Files.write(path(), new byte[1]);
    try (InputStream in = ArrivingFile.complete(path(), 2).open()) {
      assertThat(in.read()).isZero();
      assertThatThrownBy(in::read)
          .isInstanceOf(EOFException.class)
          .hasMessage(path() + " has become shorter");
    }
  }

  @Test
  void whoWaitsForAFileThatIsWrittenAnewIsTold() throws Exception {
    ArrivingFile file = file(OptionalLong.empty());
    try (InputStream in = file.open()) {
      Background<Integer, IOException> reader = waiting(in::read);
      Background<Boolean, IOException> size = waiting(() -> file.awaitSize(5));
      Background<Boolean, IOException> end =
          waiting(
              () -> {
                file.awaitComplete();
                return true;
              });
      assertThat(file.hasStartedOver()).isFalse();

      file.startOver();

      assertThat(file.hasStartedOver()).isTrue();
      assertThatThrownBy(reader::await).isInstanceOf(StartedOverException.class);
      assertThatThrownBy(size::await).isInstanceOf(StartedOverException.class);
      assertThatThrownBy(end::await).isInstanceOf(StartedOverException.class);
    }
  }

  @Test
  void bytesOfAFileThatIsWrittenAnewAreVoid() throws Exception {
    ArrivingFile file = file(OptionalLong.empty());
    write(file, "old");
    file.complete();
    try (InputStream in = file.open()) {
      file.startOver();
      assertThatThrownBy(in::read).isInstanceOf(StartedOverException.class);
    }
  }

  @Test
  void itsSizeIsKnownBeforeItIsThereIfTheServerSaidIt() throws Exception {
    ArrivingFile file = file(OptionalLong.of(5));
    assertThat(file.awaitSize(5)).isTrue();
    assertThat(file.awaitSize(6)).isFalse();
    assertThat(file.length()).hasValue(5);
    assertThat(file.isComplete()).isFalse();
  }

  @Test
  void elseItsSizeIsAwaited() throws Exception {
    ArrivingFile file = file(OptionalLong.empty());
    Background<Boolean, IOException> two = waiting(() -> file.awaitSize(2));
    write(file, "ab");
    assertThat(two.await()).isTrue();
    assertThat(file.length()).isEmpty();

    Background<Boolean, IOException> three = waiting(() -> file.awaitSize(3));
    file.complete();
    assertThat(three.await()).isFalse();
    assertThat(file.length()).hasValue(2);
    assertThat(file.isComplete()).isTrue();
    file.awaitComplete();
  }

  @Test
  void anInterruptedReaderIsKnownAsOne() throws Exception {
    ArrivingFile file = file(OptionalLong.empty());
    try (InputStream in = file.open()) {
      Background<Integer, IOException> reader = waiting(in::read);
      reader.interrupt();
      assertThatThrownBy(reader::await).isInstanceOf(InterruptedException.class);
    }
    Interrupts.requireNone();
  }
}
