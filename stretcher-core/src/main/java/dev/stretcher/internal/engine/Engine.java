package dev.stretcher.internal.engine;

import dev.stretcher.internal.plugin.Plugins;
import dev.stretcher.internal.reserved.ReservedDirectories;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.option.Options;
import dev.stretcher.policy.Policy;
import dev.stretcher.spi.HookRunner;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What all steps of a deploy work with.
 *
 * @param policy what may be deployed
 * @param environment the agent's variables, in Unicode
 * @param clock the one on the wall, which may be set at any time: for people to read
 * @param steadyClock the one that nothing is set by: for decisions
 * @param ledger where the deploys of this host are written down, if they are
 * @param temporaryDirectory where spool files and staged copies go
 * @param reserved what nothing is deployed over
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
  /** Returns the time. */
  public Moment now() {
    return new Moment(clock.instant(), steadyClock.sinceBoot());
  }
}
