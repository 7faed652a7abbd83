package dev.stretcher.cli.invocation;

import dev.stretcher.process.Background;
import dev.stretcher.text.GoDuration;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** An answer that may not come, such as that of a store that hangs. */
public final class Answer {
  private Answer() {}

  /**
   * Returns what the work makes. Nobody waits for its end: it may hang in a connection, or in a
   * file system.
   *
   * @param whose who is asked, for the message
   * @throws IOException what the work threw, or if it goes on after all that time
   */
  public static <T> T within(Duration limit, String whose, Background.Work<T, IOException> work)
      throws IOException, InterruptedException {
    Background<T, IOException> asking = Background.start("stretcher-answer", work);
    try {
      return asking.await(limit.toNanos());
    } catch (TimeoutException e) {
      throw new IOException(
          "%s did not answer within %s".formatted(whose, GoDuration.format(limit)), e);
    } finally {
      asking.interrupt();
    }
  }
}
