package dev.stretcher.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** Output that is lost is not a success. */
class StandardOutputTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int status(OutputStream out, int status) {
    StandardOutput stdout = new StandardOutput(out);
    new PrintStream(stdout, true, UTF_8).println("text");
    return stdout.status(status, new PrintStream(err, true, UTF_8));
  }

  @Test
  void aFullDiskIsAFailureThatIsTold() throws IOException {
    assertThat(status(new FileOutputStream("/dev/full"), 0)).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .isEqualTo("stretcher: cannot write to STDOUT: No space left on device\n");
  }

  @Test
  void aReaderThatHasLeftEndsTheProgramAsSigpipeDoes() {
    OutputStream left =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };

    assertThat(status(left, 0)).isEqualTo(141);
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void theStatusOfTheCommandStays() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThat(status(out, 0)).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo("text\n");
    assertThat(status(new FileOutputStream("/dev/full"), 2)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).isEmpty();
  }
}
