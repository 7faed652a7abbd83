package dev.stretcher.internal.engine;

import dev.stretcher.ledger.BootTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The clock of Linux, as <a href="https://man7.org/linux/man-pages/man5/proc.5.html">proc(5)</a>
 * shows it. Without that directory, it does not tell the time since the start.
 *
 * @param proc where proc is mounted
 */
public record KernelClock(Path proc) implements SteadyClock {
  private static final Pattern BOOT_ID = Pattern.compile("[0-9a-f-]{36}");
  private static final Pattern UPTIME = Pattern.compile("([0-9]{1,12})\\.([0-9]{2}) .*");

  /** Returns the clock of this host. */
  public static KernelClock ofThisHost() {
    return new KernelClock(Path.of("/proc"));
  }

  @Override
  public Optional<BootTime> sinceBoot() {
    try {
      // The uptime first: of two moments, the later one has neither the lower uptime nor the lower
      // nanoTime.
      Matcher uptime = UPTIME.matcher(read("uptime"));
      long nanos = nanoTime();
      String bootId = read("sys/kernel/random/boot_id").toLowerCase(Locale.ROOT);
      return uptime.matches() && BOOT_ID.matcher(bootId).matches()
          ? Optional.of(new BootTime(bootId.replace("-", ""), duration(uptime), nanos))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  private String read(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(proc.resolve(name));
    return new String(bytes, StandardCharsets.US_ASCII).strip();
  }

  private static Duration duration(Matcher uptime) {
    return Duration.ofSeconds(Long.parseLong(uptime.group(1)))
        .plusMillis(10 * Long.parseLong(uptime.group(2)));
  }
}
