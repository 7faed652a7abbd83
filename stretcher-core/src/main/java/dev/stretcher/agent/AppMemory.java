package dev.stretcher.agent;

import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.HostState;
import dev.stretcher.internal.desired.DesiredSignature;
import dev.stretcher.internal.live.Live;
import dev.stretcher.internal.live.Memory;
import dev.stretcher.internal.live.MemoryFile;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What an agent knows of an app, in memory and in its file. Thread-safe. */
final class AppMemory {
  private final MemoryFile file;
  private final Services services;
  private Memory memory = Memory.NOTHING;
  private Instant confirmed = Instant.EPOCH;

  AppMemory(AppName app, Services services) {
    this.services = services;
    this.file =
        MemoryFile.of(
            services.stateDirectory(), app, text -> services.listener().onWarning(app, text));
  }

  /** Reads the file; returns why what was desired last is not believed, and counts for nothing. */
  Optional<String> load() {
    Memory read = file.read();
    Instant time = file.confirmed().orElse(Instant.EPOCH);
    synchronized (this) {
      memory = DesiredSignature.believed(services.policy(), read);
      confirmed = time;
    }
    return DesiredSignature.refuses(services.policy(), read);
  }

  synchronized Memory now() {
    return memory;
  }

  /** Takes what the store has; the next {@link #save} writes it. */
  synchronized void desired(DesiredState newer) {
    memory = memory.withDesired(newer);
    confirmed = services.clock().instant();
  }

  /** The store says that what is desired is desired still. */
  void confirm() {
    Instant now = services.clock().instant();
    synchronized (this) {
      confirmed = now;
    }
    // A disk that was full may have room again.
    save();
  }

  /** Changes it, but only what is about the same desired state. */
  synchronized void change(DesiredState of, UnaryOperator<Memory> change) {
    if (memory.desired().filter(now -> isSame(now, of)).isPresent()) {
      memory = change.apply(memory);
    }
  }

  private static boolean isSame(DesiredState now, DesiredState of) {
    return now.generation() == of.generation() || now.continues(of);
  }

  synchronized void step(Memory.Step step) {
    memory = memory.withStep(step);
  }

  synchronized void live(Live live) {
    memory = memory.withLive(live);
  }

  void outcome(DesiredState of, HostState state, Optional<String> error) {
    change(of, each -> each.withOutcome(state, error));
  }

  /** Writes what is known now, never something older. */
  void save() {
    synchronized (file) {
      Memory current;
      Instant time;
      synchronized (this) {
        current = memory;
        time = confirmed;
      }
      file.write(current, time);
    }
  }
}
