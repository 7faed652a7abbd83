package dev.stretcher.option;

import java.util.List;

/** A number from 0 to 3 which is written as flags of rsync: {@code -v} to {@code -vvv}. */
final class VerbosityKind extends Kind<Integer> {
  private static final int MOST = 3;

  @Override
  public String placeholder() {
    return "STRING";
  }

  @Override
  public Integer parse(String text) {
    for (int level = 0; level <= MOST; level++) {
      if (text.equals(text(level))) {
        return level;
      }
    }
    throw new IllegalArgumentException("'" + text + "' is not \"\", -v, -vv or -vvv");
  }

  @Override
  public String text(Integer level) {
    return level <= 0 ? "" : "-" + "v".repeat(level);
  }

  @Override
  public boolean includes(Integer level) {
    return level >= 0 && level <= MOST;
  }

  @Override
  public String expected() {
    return "0 to " + MOST;
  }

  @Override
  public List<String> choices() {
    return List.of(text(1), text(2), text(MOST));
  }
}
