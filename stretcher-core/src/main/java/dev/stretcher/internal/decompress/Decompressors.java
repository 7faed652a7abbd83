package dev.stretcher.internal.decompress;

import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.process.SearchPath;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the decompressor of an archive: our own code, or a faster program as a child process.
 * Immutable and thread-safe.
 */
public final class Decompressors {
  /** No program. */
  public static final Decompressors JAVA = new Decompressors("java", Map.of());

  private static final String AUTO = "auto";

  /** No value of the setting, but what {@link #forSmall} makes of {@code auto}. */
  private static final String ONLY_IF_NEEDED = "auto, only if needed";

  private final String choice;
  private final Map<String, String> environment;
  private final SearchPath programs;

  /** A program that is there. */
  record Program(ExternalProgram program, String file, Map<String, String> environment) {
    ProgramInput start(InputStream archive, Options limits) throws IOException {
      return ProgramInput.start(this, archive, limits);
    }
  }

  /**
   * Creates the choice.
   *
   * @param choice a value of {@link Settings#DECOMPRESSOR}
   * @param environment that of the programs, and its PATH where they are looked for
   */
  public Decompressors(String choice, Map<String, String> environment) {
    this.choice = choice;
    this.environment = Map.copyOf(environment);
    this.programs = SearchPath.of(environment);
  }

  /** Tells whether the choice depends on whether it is worth a process. */
  public boolean isAuto() {
    return choice.equals(AUTO);
  }

  /** Returns the choice for an archive that is not worth a process, if it can be done without. */
  public Decompressors forSmall() {
    return isAuto() ? new Decompressors(ONLY_IF_NEEDED, environment) : this;
  }

  /** Returns a program that is wanted in the place of our own code; empty if none is. */
  Optional<Program> wanted(Compression compression) throws DecompressorException {
    for (ExternalProgram program : ExternalProgram.values()) {
      if (program.reads(compression) && isWanted(program)) {
        Optional<Program> found = find(program);
        if (found.isPresent()) {
          return found;
        }
        requireNotNamed(program);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns a program for what our own code cannot do; empty if there is none, or none may run. It
   * keeps the limit of memory, since much of that is what our own code has not.
   */
  Optional<Program> instead(Compression compression) {
    for (ExternalProgram program : ExternalProgram.values()) {
      if (isSubstitute(program, compression)) {
        Optional<Program> found = find(program);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** Returns the name of the program that {@link #instead} looks for first; empty if for none. */
  Optional<String> substitute(Compression compression) {
    for (ExternalProgram program : ExternalProgram.values()) {
      if (isSubstitute(program, compression)) {
        return Optional.of(program.program());
      }
    }
    return Optional.empty();
  }

  private boolean isSubstitute(ExternalProgram program, Compression compression) {
    return program.reads(compression)
        && program.keepsLimit()
        && (isAuto() || choice.equals(ONLY_IF_NEEDED));
  }

  private Optional<Program> find(ExternalProgram program) {
    Optional<String> file = programs.find(program.program());
    return file.isPresent()
        ? Optional.of(new Program(program, file.get(), environment))
        : Optional.empty();
  }

  private boolean isWanted(ExternalProgram program) {
    return isAuto() ? program.pays() : choice.equals(program.program());
  }

  private void requireNotNamed(ExternalProgram program) throws DecompressorException {
    if (!isAuto()) {
      throw new DecompressorException(
          "the decompressor %s is not in PATH (%s); install it, or use %s"
              .formatted(
                  program.program(), programs.directories(), Settings.DECOMPRESSOR.mention(AUTO)));
    }
  }
}
