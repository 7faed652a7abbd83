package dev.stretcher.internal.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What people call manifests, by their digests: of the last 20, so that what is live after a way
 * back has a name. Immutable.
 *
 * @param lines the newest last; each a digest, a blank and an ID
 */
public record VersionNames(List<String> lines) {
  static final VersionNames NONE = new VersionNames(List.of());

  private static final int MOST = 20;

  /** Copies the list. */
  public VersionNames {
    lines = List.copyOf(lines);
  }

  /** Returns these and another one, in place of the oldest if they are too many. */
  public VersionNames with(String digest, String id) {
    List<String> more = new ArrayList<>(lines);
    more.removeIf(line -> line.startsWith(digest + " "));
    more.add(digest + " " + id);
    return new VersionNames(more.subList(Math.max(0, more.size() - MOST), more.size()));
  }

  /** Returns what people call a manifest. */
  public Optional<String> of(String digest) {
    for (String line : lines) {
      if (line.startsWith(digest + " ")) {
        return Optional.of(line.substring(digest.length() + 1));
      }
    }
    return Optional.empty();
  }

  /** Reads what {@link #text} has written. */
  public static VersionNames parse(String text) {
    return new VersionNames(text.lines().filter(line -> line.indexOf(' ') > 0).toList());
  }

  /** Returns them as lines. */
  public String text() {
    return String.join("\n", lines);
  }
}
