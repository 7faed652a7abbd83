package dev.stretcher.internal.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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

  @Test
  void knowsWhoCameEarlierAndLater() throws Exception {
    try (Ticket first = Ticket.take(lock, new Order(0, 1));
        Ticket second = Ticket.take(lock, new Order(0, 2))) {
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
  void ticketsOfAnotherDestDoNotMatter() throws Exception {
    Path other = DestLock.location(directory.resolve("other"), directory);
    try (Ticket first = Ticket.take(lock, new Order(0, 1));
        Ticket second = Ticket.take(other, new Order(0, 2))) {
      assertThat(first.isSuperseded()).isFalse();
      assertThat(second.isPreceded()).isFalse();
    }
  }

  @Test
  void aTicketOfADeadProcessIsNoOnes() throws Exception {
    String name = lock.getFileName().toString().replace(".lock", ".wait-0-9-dead");
    Path dead = Files.createFile(directory.resolve(name));
    try (Ticket ticket = Ticket.take(lock, new Order(0, 1))) {
      assertThat(ticket.isSuperseded()).isFalse();
    }
    assertThat(dead).doesNotExist();
  }

  @Test
  void theLogicalTimeOfConsulCountsMoreThanTheTimeOfArrival() {
    assertThat(new Order(7, 1)).isGreaterThan(new Order(6, 2));
    assertThat(new Order(7, 1)).isLessThan(new Order(0, 2));
    assertThat(new Order(7, 1)).isLessThan(new Order(7, 2));
    assertThat(Order.parse(new Order(7, 1).text() + "-x")).isEqualTo(new Order(7, 1));
    assertThat(Order.parse("what")).isEqualTo(new Order(0, 0));
  }
}
