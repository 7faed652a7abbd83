package dev.stretcher.report;

import dev.stretcher.text.Printable;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Renders events as the lines of the log, {@code 2006/01/02 15:04:05 message}, in the clock's time
 * zone. An event is one line, in which control characters are shown escaped; only a command may
 * have further lines, which are indented. So no name, command or output looks like another event.
 * The output of {@code success} and {@code failure} commands is not part of the log.
 *
 * <p>As thread-safe as the consumer of its lines.
 */
public final class DeployLog implements DeployListener {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss", Locale.ROOT);

  /** As wide as a time and its space. */
  private static final String INDENT = " ".repeat(20);

  private final Clock clock;
  private final Secrets secrets;
  private final Consumer<String> lines;

  /**
   * Creates a log.
   *
   * @param clock tells the time of an event
   * @param lines takes the lines, without line ends
   */
  public DeployLog(Clock clock, Consumer<String> lines) {
    this(clock, Secrets.NONE, lines);
  }

  /**
   * Creates a log without secrets.
   *
   * @param clock tells the time of an event
   * @param secrets are masked
   * @param lines takes the lines, without line ends
   */
  public DeployLog(Clock clock, Secrets secrets, Consumer<String> lines) {
    this.clock = clock;
    this.secrets = secrets;
    this.lines = lines;
  }

  @Override
  public void onEvent(DeployEvent event) {
    if (event instanceof DeployEvent.HookPrinted printed && printed.phase().isAfterResult()) {
      return;
    }
    String time = TIME.format(LocalDateTime.now(clock)) + " ";
    String message = secrets.apply(event.message());
    if (!isCommand(event)) {
      lines.accept(time + Printable.line(message));
      return;
    }
    String before = time;
    for (String line : Printable.lines(message)) {
      lines.accept(before + line);
      before = INDENT;
    }
  }

  private static boolean isCommand(DeployEvent event) {
    return event instanceof DeployEvent.HookStarted || event instanceof DeployEvent.WouldRun;
  }
}
