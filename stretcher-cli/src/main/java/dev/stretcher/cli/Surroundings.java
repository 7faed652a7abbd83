package dev.stretcher.cli;

import dev.stretcher.Stretcher;
import dev.stretcher.spi.EventSource;
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

  /** Returns the events on STDIN. */
  EventSource events(Setup setup) {
    return Stretcher.stdinEvents(in, environment, setup.options().limits());
  }

  /** Returns the library, wired to them. */
  Stretcher stretcher(Setup setup) {
    Stretcher.Builder builder =
        Stretcher.builder()
            .environment(environment)
            .options(setup.options())
            .listener(setup.format().listener(out, err, terminal));
    setup.sources().forEach(builder::source);
    setup.ledger().ifPresent(builder::ledger);
    return builder.build();
  }
}
