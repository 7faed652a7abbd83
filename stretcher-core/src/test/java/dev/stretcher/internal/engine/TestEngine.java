package dev.stretcher.internal.engine;

import dev.stretcher.internal.plugin.Plugins;
import dev.stretcher.internal.reserved.ReservedDirectories;
import dev.stretcher.option.Options;
import dev.stretcher.policy.Policy;
import dev.stretcher.spi.Verifier;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** An engine for the tests of one step. */
public final class TestEngine {
  private TestEngine() {}

  /**
   * Returns an engine without sources, syncers and hooks.
   *
   * @param directory where temporary files go
   */
  public static Engine in(Path directory, Options options, Verifier... verifiers) {
    return new Engine(
        Plugins.discover(
            new Plugins.Given(List.of(), List.of(), List.of(verifiers)),
            ClassLoader.getPlatformClassLoader()),
        hook -> 0,
        options,
        Policy.OPEN,
        Map.of(),
        directory,
        new ReservedDirectories(Path.of("/"), List.of()),
        Clock.systemUTC(),
        KernelClock.ofThisHost(),
        new Random(),
        Optional.empty(),
        "test");
  }
}
