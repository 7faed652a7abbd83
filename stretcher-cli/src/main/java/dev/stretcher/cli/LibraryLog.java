package dev.stretcher.cli;

import dev.stretcher.report.Secrets;
import dev.stretcher.text.Printable;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Prints the warnings of the JDK and of libraries to STDERR, a line each. The JDK opens all jars of
 * the class path to look for finders like this one, until two jars name one, and from JDK 21 on
 * until it has found two. That takes longer than a small deploy; so the first two jars both name
 * this one and a second one.
 */
public class LibraryLog extends System.LoggerFinder {
  private static volatile Secrets secrets = Secrets.NONE;

  /** The one that the JDK finds and does not use. */
  public static final class Second extends LibraryLog {
    /** Creates it, as {@link java.util.ServiceLoader} does. */
    public Second() {}
  }

  /** Creates it, as {@link java.util.ServiceLoader} does. */
  public LibraryLog() {}

  /** Masks these in what is printed from now on. */
  static void mask(Secrets some) {
    secrets = some;
  }

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new Warnings(name);
  }

  private record Warnings(String name) implements System.Logger {
    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return level.compareTo(Level.WARNING) >= 0 && level != Level.OFF;
    }

    @Override
    public void log(
        Level level, @Nullable ResourceBundle bundle, String message, @Nullable Throwable thrown) {
      print(level, thrown == null ? message : message + ": " + thrown);
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        String format,
        @Nullable Object @Nullable ... parameters) {
      print(
          level,
          parameters == null || parameters.length == 0
              ? format
              : new MessageFormat(format, Locale.ROOT).format(parameters));
    }

    private void print(Level level, String text) {
      if (isLoggable(level)) {
        System.err.println(level + " " + name + ": " + Printable.line(secrets.apply(text)));
      }
    }
  }
}
