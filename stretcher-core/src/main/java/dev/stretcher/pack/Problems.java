package dev.stretcher.pack;

import java.util.ArrayList;
import java.util.List;

/** What in a tree cannot be packed. All of it is found before anyone hears of it. */
final class Problems {
  private static final int MOST_NAMED = 20;

  private final List<String> named = new ArrayList<>();
  private long count;

  /**
   * Adds a file.
   *
   * @param name its name as text for people
   * @param reason why it cannot be packed
   */
  void add(String name, String reason) {
    count++;
    if (named.size() < MOST_NAMED) {
      named.add("'" + name + "': " + reason);
    }
  }

  boolean isAny() {
    return count > 0;
  }

  /** Refuses a tree in which there are such files. */
  void requireNone() throws PackException {
    if (count > 0) {
      String more = count > named.size() ? "; and " + (count - named.size()) + " more" : "";
      throw new PackException(
          "%s cannot be packed: %s%s. Mend or remove what is named, or leave it out by an exclude pattern"
              .formatted(
                  count == 1 ? "one file" : count + " files", String.join("; ", named), more));
    }
  }
}
