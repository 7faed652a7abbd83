package dev.stretcher.internal.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a real {@code consul watch} wrote to its handler's STDIN.
 *
 * @param consulIndex the handler's variable {@code CONSUL_INDEX}
 */
record RecordedEvents(String consulIndex, String stdin) {
  private static final Pattern INVOCATION =
      Pattern.compile("^--- invocation; CONSUL_INDEX=(\\d+)\n(\\[.*\\])$", Pattern.MULTILINE);

  /** Returns the invocations in their order: none, one, one without payload, two. */
  static List<RecordedEvents> all() {
    try (InputStream file = RecordedEvents.class.getResourceAsStream("watch-stdin.txt")) {
      byte[] bytes = Objects.requireNonNull(file).readAllBytes();
      return INVOCATION
          .matcher(new String(bytes, StandardCharsets.UTF_8))
          .results()
          .map(found -> new RecordedEvents(found.group(1), found.group(2)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
