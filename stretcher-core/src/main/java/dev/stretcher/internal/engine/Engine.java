package dev.stretcher.internal.engine;

import dev.stretcher.internal.plugin.Plugins;
import dev.stretcher.internal.reserved.ReservedDirectories;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.option.Options;
import dev.stretcher.policy.Policy;
import dev.stretcher.report.Secrets;
import dev.stretcher.spi.HookRunner;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The context of all steps of a deploy.
 *
 * @param policy what may be deployed
 * @param environment the agent's variables, in Unicode
 * @param clock the wall clock, which may be set at any time: for people to read
 * @param steadyClock the clock that nobody sets: for decisions
 * @param ledger the record of this host's deploys, if one is kept
 * @param temporaryDirectory where spool files and staged copies go
 * @param reserved the directories that no deploy may take as dest
 */
public record Engine(
    Plugins plugins,
    HookRunner hookRunner,
    Options options,
    Policy policy,
    Map<String, String> environment,
    Path temporaryDirectory,
    ReservedDirectories reserved,
    Clock clock,
    SteadyClock steadyClock,
    RandomGenerator random,
    Optional<Ledger> ledger,
    String version) {
  /** Returns what the operator wants to be masked. */
  public Secrets secrets() {
    return Secrets.of(options, environment);
  }

  /** Returns the time. */
  public Moment now() {
    return new Moment(clock.instant(), steadyClock.sinceBoot());
  }
}
