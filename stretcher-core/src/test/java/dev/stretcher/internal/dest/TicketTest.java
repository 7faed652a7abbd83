package dev.stretcher.internal.dest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.ledger.BootTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
  void aTicketThatCannotBeLookedAtIsNotTakenForADeadOne() throws Exception {
    String name = lock.getFileName().toString().replace(".lock", ".wait-0-9-odd");
    Path odd = Files.createSymbolicLink(directory.resolve(name), Path.of("elsewhere"));
    try (Tickets ticket = take(new Order(0, 1, Optional.empty()), lock)) {
      assertThatThrownBy(ticket::isSuperseded)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Too many levels")
          .hasMessageContaining(odd.toString());
      ticket.removeDead();
      assertThat(odd).isSymbolicLink();
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
