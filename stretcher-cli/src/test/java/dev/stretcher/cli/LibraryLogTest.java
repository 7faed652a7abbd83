package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_ERR)
class LibraryLogTest {
  private final System.Logger logger =
      new LibraryLog().getLogger("com.example", LibraryLogTest.class.getModule());

  @Test
  void printsAWarningInALine() {
    assertThat(printed(() -> logger.log(Level.WARNING, "{0} of {1} are short", 1, 2)))
        .isEqualTo("WARNING com.example: 1 of 2 are short\n");
  }

  @Test
  void namesTheCause() {
    assertThat(printed(() -> logger.log(Level.ERROR, "cannot read", new IOException("gone"))))
        .isEqualTo("ERROR com.example: cannot read: java.io.IOException: gone\n");
  }

  @Test
  void isSilentOfWhatIsNoWarning() {
    assertThat(printed(() -> logger.log(Level.INFO, "hello"))).isEmpty();
    assertThat(logger.isLoggable(Level.OFF)).isFalse();
  }

  @Test
  void isTheLoggerOfTheJdk() {
    assertThat(System.LoggerFinder.getLoggerFinder()).isInstanceOf(LibraryLog.class);
  }

  private static String printed(Runnable action) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream original = System.err;
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setErr(original);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
