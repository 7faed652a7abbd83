package dev.stretcher.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.ledger.LedgerRecord.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  @TempDir Path directory;

  private final List<String> warnings = new ArrayList<>();

  private Ledger ledger() {
    return Ledger.in(directory.resolve("state")).warning(warnings::add);
  }

  private Path file() {
    return directory.resolve("state/ledger.jsonl");
  }

  private static LedgerRecord record(String id) {
    return new LedgerRecord(
            Instant.parse("2026-01-31T15:04:05.123456Z"),
            Instant.parse("2026-01-31T15:04:01Z"),
            id,
            Optional.of("event \"1\""),
            42,
            "s3://bucket/äpp.yml",
            Optional.of("a".repeat(64)),
            Optional.of("/srv/app"),
            Outcome.FAILED,
            Optional.of("pre command 'x': exit status 1"),
            Optional.of("/srv/releases/2"),
            Optional.of(new BootTime("0123456789abcdef".repeat(2), Duration.ofMillis(687_730), 7)),
            Optional.of(new BootTime("0123456789abcdef".repeat(2), Duration.ofMillis(690_120), -9)))
        .with(new LedgerRecord.ReleaseChange(Optional.of("3"), Optional.of("2"), Optional.of("1")));
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    LedgerRecord sparse =
        new LedgerRecord(
            Instant.EPOCH,
            Instant.EPOCH,
            "2",
            Optional.empty(),
            0,
            "file:/app.yml",
            Optional.empty(),
            Optional.empty(),
            Outcome.SUCCEEDED,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(ledger().records()).isEmpty();
    ledger().add(record("1"));
    ledger().add(sparse);
    assertThat(ledger().records()).containsExactly(record("1"), sparse);
    assertThat(warnings).isEmpty();
  }

  @Test
  void staysSmallAndKeepsTheNewest() throws IOException {
    ledger().add(record("first"));
    String line = Files.readString(file());
    Files.writeString(file(), line.repeat((1 << 17) / line.length() + 1));
    ledger().add(record("last"));
    assertThat(Files.size(file())).isLessThan(1 << 17);
    assertThat(ledger().records()).hasSizeGreaterThan(100).last().isEqualTo(record("last"));
    assertThat(warnings).isEmpty();
  }

  @Test
  void whatIsDamagedIsSetAsideAndTheRestIsKept() throws IOException {
    ledger().add(record("1"));
    Files.write(file(), new byte[] {'{', (byte) 0xff, 0, '\n'}, StandardOpenOption.APPEND);
    ledger().add(record("2"));
    String half = LedgerLine.of(record("3"));
    Files.writeString(file(), half.substring(0, 50), StandardOpenOption.APPEND);
    byte[] damaged = Files.readAllBytes(file());

    assertThat(ledger().records()).containsExactly(record("1"), record("2"));

    assertThat(warnings)
        .singleElement()
        .asString()
        .contains(file().toString(), "lines that are no records: 2", "2 records were kept");
    assertThat(directory.resolve("state/ledger.damaged.jsonl")).hasBinaryContent(damaged);
    warnings.clear();
    ledger().add(record("4"));
    assertThat(ledger().records()).containsExactly(record("1"), record("2"), record("4"));
    assertThat(warnings).isEmpty();
  }

  @Test
  void aRecordOfALaterVersionIsPassedOverAndKept() throws IOException {
    ledger().add(record("1"));
    String later = LedgerLine.of(record("later")).replace("failed", "handed_over") + "\n";
    Files.writeString(file(), later, StandardOpenOption.APPEND);
    ledger().add(record("2"));

    assertThat(ledger().records()).containsExactly(record("1"), record("2"));
    assertThat(ledger().newestWhile(record -> true)).containsExactly(record("2"), record("1"));

    assertThat(warnings).isEmpty();
    assertThat(file()).content().contains(later);
    Files.writeString(file(), later.repeat((1 << 17) / later.length() + 1));
    ledger().add(record("3"));
    assertThat(ledger().records()).containsExactly(record("3"));
    assertThat(file()).content().contains(later);
    assertThat(warnings).isEmpty();
  }

  @Test
  void whatAKilledRewritingLeftDoesNotComeBack() throws IOException {
    ledger().add(record("1"));
    String old = LedgerLine.of(record("old")) + "\n";
    Files.writeString(directory.resolve("state/ledger.jsonl.new"), old.repeat(10));
    Files.writeString(file(), "no record\n", StandardOpenOption.APPEND);

    assertThat(ledger().records()).containsExactly(record("1"));
    assertThat(ledger().records()).containsExactly(record("1"));
    assertThat(directory.resolve("state/ledger.jsonl.new")).doesNotExist();
  }

  @Test
  void aLongErrorIsShortened() throws IOException {
    ledger().add(withError("x".repeat(1000)));
    ledger().add(withError("y".repeat(1001)));

    assertThat(ledger().records())
        .extracting(record -> record.error().orElseThrow())
        .containsExactly("x".repeat(1000), "y".repeat(1000) + "...");
  }

  private static LedgerRecord withError(String error) {
    LedgerRecord one = record("1");
    return new LedgerRecord(
        one.time(),
        one.arrived(),
        one.deployId(),
        one.event(),
        one.logicalTime(),
        one.manifest(),
        one.digest(),
        one.dest(),
        one.outcome(),
        Optional.of(error),
        one.place(),
        one.arrivedSinceBoot(),
        one.endedSinceBoot());
  }

  @Test
  void aLineThatOnlyLooksLikeARecordIsSetAsideWhenAllAreRead() throws IOException {
    ledger().add(record("1"));
    String line = Files.readString(file());
    Files.writeString(file(), line.replace("failed", "faile\u0000"), StandardOpenOption.APPEND);
    assertThat(ledger().newestWhile(record -> true)).containsExactly(record("1"));
    assertThat(ledger().records()).containsExactly(record("1"));
    assertThat(warnings).singleElement().asString().contains("lines that are no records: 1");
  }

  @Test
  void aRecordAfterHalfALineIsNotLost() throws IOException {
    ledger().add(record("1"));
    Files.writeString(file(), "{\"time\":\"2026", StandardOpenOption.APPEND);
    ledger().add(record("2"));
    assertThat(ledger().records()).contains(record("1"), record("2"));
  }

  @Test
  void findsTheLastRecordOfAnEventAndTheNewestOnes() throws IOException {
    ledger().add(at(1, "a"));
    ledger().add(at(2, "b"));
    ledger().add(at(3, "a"));
    ledger().add(at(4, "aa"));
    assertThat(ledger().last("a")).contains(at(3, "a"));
    assertThat(ledger().last("c")).isEmpty();
    assertThat(ledger().newestWhile(record -> !record.event().equals(Optional.of("b"))))
        .containsExactly(at(4, "aa"), at(3, "a"));
    assertThat(ledger().newestWhile(record -> false)).isEmpty();
  }

  @Test
  void findsAnEventByAnIdOfAnyCharacters() throws IOException {
    // A file of a few lines: all characters of the first plane, without halves of others.
    for (int block = 0; block < 0x10000; block += 0x4000) {
      StringBuilder id = new StringBuilder();
      for (int c = block; c < block + 0x4000; c++) {
        if (!Character.isSurrogate((char) c)) {
          id.append((char) c);
        }
      }
      ledger().add(at(1, id.toString()));
      assertThat(ledger().last(id.toString())).contains(at(1, id.toString()));
    }
    ledger().add(at(2, "board:/\u200f\u202e"));
    assertThat(ledger().last("board:/\u200f\u202e")).contains(at(2, "board:/\u200f\u202e"));
    assertThat(ledger().last("board:/\u200f")).isEmpty();
  }

  private static LedgerRecord at(long second, String event) {
    Instant time = Instant.ofEpochSecond(second);
    return new LedgerRecord(
        time,
        time,
        "id",
        Optional.of(event),
        0,
        "file:/app.yml",
        Optional.empty(),
        Optional.empty(),
        Outcome.SUCCEEDED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void readsLinesOfTheVersionBefore() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(
        file(),
        """
        {"time":"1970-01-01T00:00:01Z","arrived":"1970-01-01T00:00:01Z","outcome":"succeeded",\
        "deploy":"id","event":"a","manifest":"file:/app.yml"}
        """);
    assertThat(ledger().records()).containsExactly(at(1, "a"));
    assertThat(warnings).isEmpty();
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatIsNoFileIsRefusedAndNotWaitedFor() throws Exception {
    Files.createDirectories(file().getParent());
    assertThat(new ProcessBuilder("mkfifo", file().toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> ledger().records()).hasMessageContaining("it is not a file");
    assertThatThrownBy(() -> ledger().add(record("1"))).hasMessageContaining("it is not a file");
  }

  @Test
  void anInterruptedThreadWritesAndReadsAsWellAndStaysInterrupted() throws IOException {
    Thread.currentThread().interrupt();
    try {
      ledger().add(record("1"));

      assertThat(ledger().records()).containsExactly(record("1"));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(warnings).isEmpty();
  }

  @Test
  void severalThreadsMayWrite() throws Exception {
    List<Thread> threads =
        Stream.of("a", "b", "c", "d").map(name -> new Thread(() -> addTwenty(name))).toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(ledger().records()).hasSize(80);
  }

  private void addTwenty(String name) {
    try {
      for (int i = 0; i < 20; i++) {
        ledger().add(record(name + i));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
