package dev.stretcher.internal.dest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.internal.engine.KernelClock;
import dev.stretcher.ledger.BootTime;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TicketTest {
  @TempDir Path directory;

  private Path lock;

  @BeforeEach
  void findPlace() {
    lock = DestLock.location(directory.resolve("app"), directory);
  }

  /**
   * An event that came at a time since boot, when the clock on the wall had gone {@code micros}.
   */
  private static Order order(long seconds, long micros) {
    BootTime time = new BootTime("ab".repeat(16), Duration.ofSeconds(seconds), seconds);
    return new Order(0, micros, Optional.of(time));
  }

  private static Tickets take(Order order, Path... locks) throws IOException {
    Tickets tickets = Tickets.of(order);
    tickets.moveTo(List.of(locks));
    return tickets;
  }

  @Test
  void knowsWhoCameEarlierAndLater() throws Exception {
    try (Tickets first = take(order(1, 0), lock);
        Tickets second = take(order(2, 0), lock)) {
      assertThat(first.isSuperseded()).isTrue();
      assertThat(first.isPreceded()).isFalse();
      assertThat(second.isSuperseded()).isFalse();
      assertThat(second.isPreceded()).isTrue();
      second.close();
      assertThat(first.isSuperseded()).isFalse();
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aClockThatIsSetMeanwhileDoesNotMatter() throws Exception {
    try (Tickets first = take(order(1, 30_000_000), lock);
        Tickets second = take(order(2, 2_000_000), lock)) {
      assertThat(first.isSuperseded()).isTrue();
      assertThat(second.isSuperseded()).isFalse();
      assertThat(second.isPreceded()).isTrue();
    }
  }

  @Test
  void ofTwoOfTheSameInstantExactlyOneIsTheLaterOne() throws Exception {
    try (Tickets one = take(order(1, 1), lock);
        Tickets other = take(order(1, 1), lock)) {
      assertThat(one.isSuperseded()).isNotEqualTo(other.isSuperseded());
      assertThat(one.isPreceded()).isEqualTo(other.isSuperseded());
      assertThat(other.isPreceded()).isEqualTo(one.isSuperseded());
    }
  }

  @Test
  void ticketsOfAnotherDestDoNotMatter() throws Exception {
    Path other = DestLock.location(directory.resolve("other"), directory);
    try (Tickets first = take(order(1, 0), lock);
        Tickets second = take(order(2, 0), other)) {
      assertThat(first.isSuperseded()).isFalse();
      assertThat(second.isPreceded()).isFalse();
    }
  }

  @Test
  void oneOfSeveralNamesIsEnoughToMeet() throws Exception {
    Path other = DestLock.location(directory.resolve("other"), directory);
    try (Tickets first = take(order(1, 0), lock, other);
        Tickets second = take(order(2, 0), other)) {
      assertThat(first.isSuperseded()).isTrue();
      assertThat(second.isPreceded()).isTrue();
      first.moveTo(List.of(lock));
      assertThat(first.isSuperseded()).isFalse();
      assertThat(second.isPreceded()).isFalse();
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aTicketOfADeadProcessIsNoOnesAndGoesWhenItIsSoughtFor() throws Exception {
    String name = lock.getFileName().toString().replace(".lock", ".wait-0-9-dead");
    Path dead = Files.createFile(directory.resolve(name));
    try (Tickets ticket = take(new Order(0, 1, Optional.empty()), lock)) {
      assertThat(ticket.isSuperseded()).isFalse();
      assertThat(dead).exists();
      ticket.removeDead();
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aPipeInThePlaceOfATicketIsNotWaitedFor() throws Exception {
    Path pipe = ticketOfAnother("0-0-pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    try (Tickets ticket = take(new Order(0, 1, Optional.empty()), lock)) {
      assertThatThrownBy(ticket::isPreceded)
          .hasMessageContaining(pipe + ": it is not a regular file; remove it");
      assertThatThrownBy(ticket::removeDead).hasMessageContaining("not a regular file");
    }
  }

  @Test
  void aTicketOfAnotherUserDoesNotCount() throws Exception {
    Path foreign = Files.createFile(ticketOfAnother("0-9-foreign"));
    assumeTrue(Files.getAttribute(foreign, "unix:uid").equals(0), "only root can give files away");
    assertThat(isSupersededWhileAnotherHolds(foreign)).isTrue();
    Files.setAttribute(foreign, "unix:uid", 65534);
    assertThat(isSupersededWhileAnotherHolds(foreign)).isFalse();
  }

  @Test
  void aTicketOfAnEventThatIsStillToComeDoesNotCount() throws Exception {
    BootTime now = KernelClock.ofThisHost().sinceBoot().orElseThrow();
    Path present = Files.createFile(ticketOfAnother(new Order(0, 9, Optional.of(now))));
    assertThat(isSupersededWhileAnotherHolds(present)).isTrue();
    BootTime future = new BootTime(now.bootId(), now.uptime().plusHours(1), now.nanos());
    Path ahead = Files.createFile(ticketOfAnother(new Order(0, 9, Optional.of(future))));
    assertThat(isSupersededWhileAnotherHolds(ahead)).isFalse();
  }

  private Path ticketOfAnother(Order order) {
    return ticketOfAnother(order.text() + "-other");
  }

  private Path ticketOfAnother(String place) {
    return directory.resolve(lock.getFileName().toString().replace(".lock", ".wait-" + place));
  }

  /** Record locks are those of a process: only another one can hold the file. */
  private boolean isSupersededWhileAnotherHolds(Path file) throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (Tickets ticket = take(new Order(0, 1, Optional.empty()), lock)) {
      assertThat(other.getInputStream().read()).isEqualTo('h');
      return ticket.isSuperseded();
    } finally {
      other.destroy();
      other.waitFor();
    }
  }

  /** Holds a file until it is ended. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
      try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
        channel.lock();
        System.out.print('h');
        System.out.flush();
        System.in.read();
      }
    }
  }

  @Test
  void namesOfTheVersionBeforeAreRead() {
    String name = "7-1795785878994000-2c3a1c1e-7a3b-4d0f-9d63-0a1b2c3d4e5f";
    assertThat(Order.parse(name)).isEqualTo(new Order(7, 1_795_785_878_994_000L, Optional.empty()));
    // That version takes the first two parts, and needs no more.
    assertThat(order(5, 6).text()).startsWith("0-6-");
    assertThat(Order.parse(order(5, 6).text() + "-x")).isEqualTo(order(5, 6));
    assertThat(Order.parse("what").micros()).isZero();
  }
}
