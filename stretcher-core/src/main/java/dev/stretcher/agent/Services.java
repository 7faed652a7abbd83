package dev.stretcher.agent;

import dev.stretcher.internal.pause.Pauses;
import dev.stretcher.internal.pause.Turns;
import dev.stretcher.internal.status.Outbox;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.policy.Policy;
import dev.stretcher.report.Secrets;
import dev.stretcher.store.KeyValueStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;

/**
 * What the apps of an agent share.
 *
 * @param store which the fleet shares
 * @param node the name of this host
 * @param deployer makes their libraries
 * @param stateDirectory where each remembers
 * @param ledger that of this host
 * @param randomDelay the bound of the time that passes before a version is fetched
 * @param turns who may deploy at the same time
 * @param threads in which they run; an app that does nothing has none
 * @param triesAgain whether what failed by circumstances is tried again
 */
record Services(
    KeyValueStore store,
    String node,
    Deployer deployer,
    Path stateDirectory,
    Ledger ledger,
    Policy policy,
    Secrets secrets,
    AgentListener listener,
    Clock clock,
    RandomGenerator random,
    Duration randomDelay,
    Pauses pauses,
    Turns turns,
    ExecutorService threads,
    Outbox outbox,
    boolean triesAgain) {}
