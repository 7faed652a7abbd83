package dev.stretcher.cli;

import dev.stretcher.Options;
import dev.stretcher.Stretcher;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * What a command works with.
 *
 * @param terminal whether {@code err} is one
 */
record Surroundings(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean terminal,
    Map<String, String> environment) {

  /** Returns the library, wired to them. */
  Stretcher stretcher(Options options, LogFormat format) {
    return Stretcher.builder()
        .environment(environment)
        .options(options)
        .listener(format.listener(out, err, terminal))
        .build();
  }
}
