package dev.stretcher.cli.doctor;

import dev.stretcher.cli.doctor.Finding.Note;
import dev.stretcher.cli.doctor.Finding.Ok;
import dev.stretcher.cli.doctor.Finding.Problem;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.fleet.StoreArgument;
import dev.stretcher.cli.invocation.Answer;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.policy.Policy;
import dev.stretcher.sources.ServerClock;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.text.GoDuration;
import dev.stretcher.text.RedactedUri;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The clock of this host, against that of the store or of a web server that it fetches from. */
final class ClockCheck implements Check {
  /** A date has whole seconds, and takes a while to come; one that takes longer says nothing. */
  private static final Duration EXACT = Duration.ofSeconds(3);

  private static final Duration TOLERABLE = Duration.ofMinutes(1);

  private final InstantSource clock;

  ClockCheck() {
    this(InstantSource.system());
  }

  ClockCheck(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Another clock.
   *
   * @param whose what it is called
   */
  private record Other(String whose, Instant time) {}

  @Override
  public String name() {
    return "clock";
  }

  @Override
  public List<Finding> look(Host host) throws InterruptedException {
    try {
      Optional<Other> other = Answer.within(EXACT, "the other one", () -> other(host));
      return List.of(
          other.isPresent()
              ? compared(other.get())
              : new Note("not compared: no Consul and no web server is configured"));
    } catch (IOException | IllegalArgumentException e) {
      return List.of(new Note("not compared: " + e.getMessage()));
    }
  }

  private static Optional<Other> other(Host host) throws IOException, InterruptedException {
    try {
      Optional<Other> other = ofStore(host);
      return other.isPresent() ? other : ofServer(host);
    } catch (UsageException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Optional<Other> ofStore(Host host)
      throws UsageException, IOException, InterruptedException {
    if (!host.hasStore()) {
      return Optional.empty();
    }
    Invocation invocation = host.invocation();
    try (KeyValueStore store = StoreArgument.open(StoreArgument.address(invocation), invocation)) {
      return store.time().map(time -> new Other(store.name(), time));
    }
  }

  /** Takes the first web server that the rules allow. */
  private static Optional<Other> ofServer(Host host) throws IOException, InterruptedException {
    Policy policy = host.invocation().policy();
    Optional<URI> server =
        Stream.concat(policy.sources().stream(), policy.manifests().stream())
            .map(prefix -> URI.create(prefix.toString()))
            .filter(uri -> uri.getScheme().startsWith("http"))
            .findFirst();
    if (server.isEmpty()) {
      return Optional.empty();
    }
    return ServerClock.of(server.get(), host.http())
        .map(time -> new Other(RedactedUri.of(server.get()), time));
  }

  private Finding compared(Other other) {
    Duration ahead = Duration.between(other.time(), clock.instant());
    Duration apart = Duration.ofSeconds(ahead.abs().toSeconds());
    String text =
        "%s %s that of %s"
            .formatted(
                GoDuration.format(apart),
                ahead.isNegative() ? "behind" : "ahead of",
                other.whose());
    if (apart.compareTo(EXACT) <= 0) {
      return new Ok("as that of " + other.whose());
    }
    return apart.compareTo(TOLERABLE) <= 0
        ? new Note(text)
        : new Problem(
            text,
            "set it, for example by systemd-timesyncd or chrony: S3, Google and TLS refuse it");
  }
}
