package dev.stretcher.cli.fleet;

import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What this process was started from, which an upgrade may replace while the process runs. */
final class Installation {
  /** What the kernel appends to the name of a program whose file was replaced. */
  private static final String DELETED = " (deleted)";

  private final Optional<Path> command;
  private final Optional<Path> home;
  private final Path jvm;

  /** Creates that of this process; the launcher says how it was called, and where it is. */
  Installation() {
    this(System::getProperty, Path.of("/proc/self/exe"));
  }

  /**
   * Creates one.
   *
   * @param property returns system properties
   * @param jvm the link to the program of the JVM
   */
  Installation(UnaryOperator<@Nullable String> property, Path jvm) {
    this.command = path(property.apply("stretcher.command"));
    this.home = path(property.apply("stretcher.home"));
    this.jvm = jvm;
  }

  private static Optional<Path> path(@Nullable String name) {
    return Optional.ofNullable(name).map(NativeText::path).filter(Path::isAbsolute);
  }

  /** Tells whether the same command would start another version of Stretcher or of Java by now. */
  boolean isReplaced() {
    return leadsElsewhere() || isJvmReplaced();
  }

  private boolean leadsElsewhere() {
    if (command.isEmpty() || home.isEmpty()) {
      return false;
    }
    try {
      Path launcher = command.get().toRealPath();
      return !launcher.startsWith(home.get());
    } catch (IOException e) {
      // Nothing would be started at all.
      return false;
    }
  }

  private boolean isJvmReplaced() {
    try {
      return Files.readSymbolicLink(jvm).toString().endsWith(DELETED);
    } catch (IOException e) {
      return false;
    }
  }
}
