package dev.stretcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InterruptsTest {
  @TempDir private Path directory;

  @AfterEach
  void leaveNoInterrupt() {
    Thread.interrupted();
  }

  static Stream<Throwable> forms() {
    return Stream.of(
        new ClosedByInterruptException(),
        new FileLockInterruptionException(),
        new InterruptedException(),
        new IOException("cannot write", new ClosedByInterruptException()),
        new UncheckedIOException(new ClosedByInterruptException()),
        new ExecutionException(new InterruptedException()));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void anInterruptIsOneInWhateverFormItComes(Throwable form) {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Interrupts.rethrow(form))
        .isInstanceOf(InterruptedException.class)
        .hasCause(form);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void whatFailsInAnInterruptedThreadIsNoFailureOfItsOwn() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Interrupts.rethrow(new IOException("disk")))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void anyOtherFailureStaysOneAlsoATimeOutAndACircleOfCauses() {
    Exception one = new Exception();
    one.initCause(new Exception(one));

    assertThatCode(
            () -> {
              Interrupts.rethrow(new IOException("disk"));
              Interrupts.rethrow(new InterruptedIOException("timeout"));
              Interrupts.rethrow(one);
              Interrupts.requireNone();
            })
        .doesNotThrowAnyException();
  }

  @Test
  void anInterruptOfAWaitThatMustNotBeLeftIsRememberedUntilItsEnd() {
    AtomicInteger waits = new AtomicInteger();

    int last =
        Interrupts.remembered(
            () -> {
              if (waits.incrementAndGet() < 3) {
                throw new InterruptedException();
              }
              return waits.get();
            });

    assertThat(last).isEqualTo(3);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void itPassesThroughAMethodThatOnlyThrowsIoExceptions() {
    IOException passing = Interrupts.asIoException(new InterruptedException());

    assertThatThrownBy(() -> Interrupts.rethrow(passing)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void whatIsShieldedIsDoneAndTheThreadIsInterruptedAfterwards() throws Exception {
    Path file = directory.resolve("file");
    Thread caller = Thread.currentThread();
    caller.interrupt();

    Interrupts.shielded(
        () -> {
          try (FileChannel channel =
              FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            caller.interrupt();
            return Interrupts.shielded(() -> channel.write(ByteBuffer.wrap(new byte[] {'a'})));
          }
        });

    assertThat(Files.readString(file)).isEqualTo("a");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aFailureOfWhatIsShieldedIsThrownAsItIs() {
    IOException failure = new IOException("disk");

    assertThatThrownBy(
            () ->
                Interrupts.shielded(
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
  }
}
