package dev.stretcher.cli.http;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of this machine for itself. A page of somebody else can let its own name lead here, and
 * would then read answers as its own (DNS rebinding); the header {@code Host} tells such a name.
 */
public final class LoopbackNames {
  private static final Pattern NAMES =
      Pattern.compile("(localhost\\.?|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1\\])(:\\d{1,5})?");

  private LoopbackNames() {}

  /** Tells whether a header {@code Host} has one of these names, with any port or none. */
  public static boolean isOneOf(@Nullable String host) {
    return host != null && NAMES.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }
}
