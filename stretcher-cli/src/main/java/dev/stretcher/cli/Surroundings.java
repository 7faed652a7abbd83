package dev.stretcher.cli;

import dev.stretcher.Stretcher;
import dev.stretcher.spi.EventSource;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command works with.
 *
 * @param terminal whether {@code err} is one
 * @param reserved what of this program nothing is deployed over, and what it is called
 */
record Surroundings(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean terminal,
    Map<String, String> environment,
    Map<Path, String> reserved) {

  /** Returns the events on STDIN. */
  EventSource events(Setup setup) {
    return Stretcher.stdinEvents(in, environment, setup.options());
  }

  /** Returns the library, wired to them. */
  Stretcher stretcher(Setup setup) {
    Stretcher.Builder builder =
        Stretcher.builder()
            .environment(environment)
            .options(setup.options())
            .policy(setup.policy())
            .listener(setup.format().listener(out, err, terminal));
    setup.sources().forEach(builder::source);
    setup.ledger().ifPresent(builder::ledger);
    reserved.forEach(builder::reserve);
    builder.reserve(setup.config(), "the agent's configuration");
    return builder.build();
  }
}
