package dev.stretcher.internal.dest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.engine.TestEngine;
import dev.stretcher.option.OnBusy;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException.Busy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockStepTest {
  private static final Order EARLIER = new Order(0, 1, Optional.empty());
  private static final Order LATER = new Order(0, 2, Optional.empty());

  @TempDir private Path directory;
  private final List<DeployEvent> events = new CopyOnWriteArrayList<>();
  private Path dest;
  private LockFiles files;

  @BeforeEach
  void findPlace() throws IOException {
    dest = Files.createDirectory(directory.toRealPath().resolve("app"));
    files = LockFiles.of(dest, dest, directory);
  }

  @Test
  void aLaterEventThatCameJustBeforeTheLockWasTakenSupersedes() throws Exception {
    LockStep earlier = step(OnBusy.NEWEST, EARLIER);
    Tickets ticket = tickets(EARLIER);
    DestLocks locks = DestLocks.tryAcquire(files.all()).orElseThrow();
    try (Tickets later = tickets(LATER)) {
      assertThat(later.isPreceded()).isTrue();
      assertThatThrownBy(() -> earlier.confirmed(files, locks, Optional.of(ticket)))
          .isInstanceOf(SupersededException.class);
      assertAllAreFree();
    }
    ticket.close();
  }

  @Test
  void aLockIsGivenBackIfDestLeadsElsewhereByNow() throws Exception {
    LockStep step = step(OnBusy.WAIT, EARLIER);
    DestLocks locks = DestLocks.tryAcquire(files.all()).orElseThrow();
    Files.delete(dest);
    Files.createSymbolicLink(dest, Files.createDirectory(directory.resolve("other")));
    try (Tickets ticket = tickets(EARLIER)) {
      assertThat(step.confirmed(files, locks, Optional.of(ticket))).isEmpty();
      assertAllAreFree();
    }
  }

  @Test
  void whoFailsWhereAnotherRunsSaysSoAndLeavesNothing() throws Exception {
    try (HeldLock first = step(OnBusy.FAIL, EARLIER).acquire()) {
      assertThatThrownBy(() -> step(OnBusy.FAIL, LATER).acquire())
          .isInstanceOf(Busy.class)
          .hasMessageContaining("another deploy to " + dest + " is running")
          .hasMessageContaining("on-busy=newest");
      assertThat(first.tickets().orElseThrow().isSuperseded()).isFalse();
      assertThat(events).isEmpty();
    }
    assertThat(directory.toFile().list()).containsExactly("app");
  }

  @Test
  void whoWaitsTooLongSaysForHowLongAndLeavesTheQueue() throws Exception {
    try (HeldLock first = step(OnBusy.WAIT, EARLIER).acquire()) {
      assertThatThrownBy(() -> step(OnBusy.WAIT, LATER).acquire())
          .isInstanceOf(Busy.class)
          .hasMessageContaining("another deploy to " + dest + " did not end within 150ms")
          .hasMessageContaining("lock-timeout");
      assertThat(first.tickets().orElseThrow().isSuperseded()).isFalse();
    }
    assertThat(events)
        .startsWith(new DeployEvent.WaitingForLock(dest, Duration.ofMillis(150)))
        .filteredOn(DeployEvent.WaitedForLock.class::isInstance)
        .as("how long it waited")
        .hasSize(1);
    assertThat(directory.toFile().list()).containsExactly("app");
  }

  @Test
  void whoCameLaterWaitsThoughTheLockIsFree() throws Exception {
    try (Tickets first = tickets(EARLIER)) {
      assertThatThrownBy(() -> step(OnBusy.WAIT, LATER).acquire()).isInstanceOf(Busy.class);
      assertThat(first.isPreceded()).isFalse();
    }
    step(OnBusy.WAIT, LATER).acquire().close();
  }

  @Test
  void theLaterOfTwoEventsDoesNotWaitForOneThatGivesWay() throws Exception {
    try (Tickets first = tickets(EARLIER);
        HeldLock held = step(OnBusy.NEWEST, LATER).acquire()) {
      assertThat(first.isSuperseded()).isTrue();
      assertThat(held.files().main()).exists();
    }
  }

  @Test
  void anEarlierEventGivesWayToALaterOneThatRuns() throws Exception {
    for (OnBusy later : List.of(OnBusy.NEWEST, OnBusy.FAIL)) {
      try (HeldLock running = step(later, LATER).acquire()) {
        assertThat(running.lock().file()).exists();
        assertThatThrownBy(() -> step(OnBusy.NEWEST, EARLIER).acquire())
            .isInstanceOf(SupersededException.class);
      }
    }
    assertThat(events).isEmpty();
  }

  @Test
  void whoGetsTheLockRemovesThePlacesOfDeadDeploys() throws Exception {
    Path dead = Files.createFile(directory.resolve(LockName.tickets(files.main()) + "0-9-dead.1"));
    try (HeldLock held = step(OnBusy.WAIT, EARLIER).acquire()) {
      assertThat(held.tickets()).isPresent();
      assertThat(dead).doesNotExist();
    }
  }

  @Test
  void takesFurtherLocksOnlyIfDestLeadsElsewhereByNow() throws Exception {
    Path other = Files.createDirectory(directory.resolve("other"));
    LockStep step = step(OnBusy.WAIT, EARLIER);
    try (HeldLock held = step.acquire()) {
      assertThat(step.acquireAgain(held)).isEmpty();

      Files.delete(dest);
      Files.createSymbolicLink(dest, other);
      HeldLock further = step.acquireAgain(held).orElseThrow();
      try (further) {
        assertThat(further.files().main())
            .isEqualTo(DestLock.location(other.toRealPath(), directory));
        assertThat(DestLock.tryAcquire(further.files().main())).isEmpty();
      }
    }
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("app", "other");
  }

  @Test
  void aDryRunTakesNoPlaceInTheQueue() throws Exception {
    LockStep dryRun = new LockStep(engine(OnBusy.NEWEST), reporter(), dest, Optional.empty());
    try (Tickets ticket = tickets(EARLIER);
        HeldLock held = dryRun.acquire()) {
      assertThat(held.tickets()).isEmpty();
      assertThat(ticket.isSuperseded()).isFalse();
    }
  }

  private void assertAllAreFree() throws IOException {
    Optional<DestLocks> locks = DestLocks.tryAcquire(files.all());
    assertThat(locks).isPresent();
    locks.get().close();
  }

  private Tickets tickets(Order order) throws IOException {
    Tickets tickets = Tickets.of(order);
    tickets.moveTo(files.all());
    return tickets;
  }

  private LockStep step(OnBusy onBusy, Order order) {
    return new LockStep(engine(onBusy), reporter(), dest, Optional.of(order));
  }

  private Reporter reporter() {
    return new Reporter(List.of(events::add), Clock.systemUTC(), Options.DEFAULT);
  }

  private Engine engine(OnBusy onBusy) {
    return TestEngine.in(
        directory,
        Options.DEFAULT
            .with(Settings.ON_BUSY, onBusy)
            .with(Settings.LOCK_TIMEOUT, Duration.ofMillis(150)));
  }
}
