package dev.stretcher;

import dev.stretcher.internal.plugin.Plugins;
import dev.stretcher.spi.HookRunner;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What all steps of a deploy work with.
 *
 * @param environment the agent's variables, in Unicode
 * @param temporaryDirectory where spool files and staged copies go
 */
record Engine(
    Plugins plugins,
    HookRunner hookRunner,
    Options options,
    Map<String, String> environment,
    Path temporaryDirectory,
    Clock clock,
    RandomGenerator random,
    String version) {}
