package dev.stretcher.cli.fleet;

import dev.stretcher.cli.flag.FleetSettings;
import dev.stretcher.cli.invocation.Reason;
import dev.stretcher.option.Options;
import dev.stretcher.process.Interrupts;
import dev.stretcher.report.EventJson;
import dev.stretcher.store.Membership;
import dev.stretcher.trust.PrivateFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * What this host is called in the store: as the operator says, else as the service behind the store
 * does, else as the kernel does. The state directory remembers what the service said, for a start
 * while it is away.
 */
final class NodeName {
  private static final Pattern FORM = Pattern.compile("[^/\\p{Cntrl}]{1,255}");
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;

  private final String named;
  private final Optional<Membership> membership;
  private final Path memory;
  private final Consumer<String> away;
  private Optional<String> reason = Optional.empty();

  /**
   * Creates one.
   *
   * @param membership the service behind the store, if it knows hosts
   * @param state the state directory
   * @param away takes why the service cannot be asked, once
   */
  NodeName(Options options, Optional<Membership> membership, Path state, Consumer<String> away) {
    this.named = options.get(FleetSettings.NODE);
    this.membership = membership;
    this.memory = state.resolve("fleet").resolve("node");
    this.away = away;
  }

  /** Returns the name; waits until it is known. */
  String get() throws InterruptedException {
    return within(Duration.ofDays(1_000)).orElseThrow();
  }

  /**
   * Returns the name, if it is known in time.
   *
   * @throws IllegalArgumentException if it cannot be a part of a key
   */
  Optional<String> within(Duration most) throws InterruptedException {
    if (!named.isEmpty()) {
      return Optional.of(required(named));
    }
    if (membership.isEmpty()) {
      return Optional.of(required(EventJson.localHost()));
    }
    long end = System.nanoTime() + most.toNanos();
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      Optional<String> name = ask(membership.get());
      if (name.isPresent() || System.nanoTime() - end >= 0) {
        return name;
      }
      Thread.sleep(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  private Optional<String> ask(Membership service) throws InterruptedException {
    try {
      String name = required(service.self());
      remember(name);
      return Optional.of(name);
    } catch (IOException e) {
      Interrupts.rethrow(e);
      Optional<String> name = remembered();
      if (name.isEmpty() && reason.isEmpty()) {
        away.accept(Reason.of(e));
      }
      reason = Optional.of(Reason.of(e));
      return name;
    }
  }

  /** Returns why the name is not known. */
  String reason() {
    return reason.orElse("it has not answered");
  }

  private void remember(String name) {
    if (!remembered().equals(Optional.of(name))) {
      try {
        PrivateFile.replace(memory, ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8)));
      } catch (IOException e) {
        // Without it, a start while the service is away takes until it is back.
        return;
      }
    }
  }

  private Optional<String> remembered() {
    try {
      PrivateFile.require(memory);
      return Optional.of(Files.readString(memory)).filter(name -> FORM.matcher(name).matches());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String required(String name) {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "this host is called '%s', which cannot be a part of a key; name it by --node, without '/'"
              .formatted(name));
    }
    return name;
  }
}
