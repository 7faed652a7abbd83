package dev.stretcher.sync.internal.plan;

import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The locks and staging directories of deploys to directories inside dest, which the engine puts
 * beside those: {@code .stretcher-KEY.lock}, {@code .stretcher-KEY.wait-RANDOM} and {@code
 * .stretcher-KEY-RANDOM}. They look like litter, and are what keeps such a deploy alive.
 */
public final class OtherDeploys {
  private static final Pattern TEMPORARY =
      Pattern.compile("\\.stretcher-[0-9a-f]{16}(\\.lock|\\.wait-.*|-.*)");

  private OtherDeploys() {}

  /** Tells whether a name in dest may belong to another deploy. */
  public static boolean mayOwn(Path name) {
    String text = name.toString();
    return text.startsWith(".stretcher-") && TEMPORARY.matcher(text).matches();
  }
}
