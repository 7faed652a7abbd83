package dev.stretcher.internal.decompress;

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

  private final String choice;
  private final Map<String, String> environment;
  private final SearchPath programs;

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
    return choice.equals("auto");
  }

  /** Opens {@code in} through a program; empty if none is to be used. */
  Optional<ProgramInput> open(Compression compression, InputStream in) throws IOException {
    for (ExternalProgram program : ExternalProgram.values()) {
      if (program.reads(compression) && isChosen(program)) {
        Optional<String> file = programs.find(program.program());
        if (file.isPresent()) {
          return Optional.of(ProgramInput.start(program, file.get(), environment, in));
        }
        requireNotNamed(program);
      }
    }
    return Optional.empty();
  }

  private boolean isChosen(ExternalProgram program) {
    return isAuto() ? program.pays() : choice.equals(program.program());
  }

  private void requireNotNamed(ExternalProgram program) throws IOException {
    if (!isAuto()) {
      throw new IOException(
          "the decompressor %s is not in PATH (%s); install it, or use %s"
              .formatted(
                  program.program(),
                  programs.directories(),
                  Settings.DECOMPRESSOR.mention("auto")));
    }
  }
}
