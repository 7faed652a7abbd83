package dev.stretcher.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.ledger.LedgerRecord.Outcome;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a host knows of the deploys before, and whose word it takes for it. */
class LedgerMemoryTest {
  private static final Path APP = Path.of("/srv/app");

  @TempDir Path directory;
  private final List<String> warnings = new ArrayList<>();
  private Path state;
  private Ledger ledger;

  @BeforeEach
  void findPlace() {
    state = directory.resolve("state");
    ledger = Ledger.in(state).warning(warnings::add);
  }

  private static LedgerRecord record(String dest, Outcome outcome, String place, String event) {
    return new LedgerRecord(
        Instant.EPOCH,
        Instant.EPOCH,
        "1",
        Optional.ofNullable(event),
        0,
        "file:/app.yml",
        Optional.empty(),
        Optional.of(dest),
        outcome,
        Optional.empty(),
        Optional.ofNullable(place),
        Optional.empty(),
        Optional.empty());
  }

  private static LedgerRecord succeeded(String dest, String place) {
    return record(dest, Outcome.SUCCEEDED, place, null);
  }

  @Test
  void remembersADestAndNoOther() throws IOException {
    assertThat(ledger.remembers(APP)).isFalse();
    ledger.remember(APP);
    assertThat(ledger.remembers(APP)).isTrue();
    assertThat(ledger.remembers(Path.of("/srv"))).isFalse();
    assertThat(ledger.remembers(APP.resolve("sub"))).isFalse();
  }

  @Test
  void knowsADestByADeployThatSucceeded() throws IOException {
    ledger.add(record("/srv/app", Outcome.FAILED, null, null));
    ledger.add(record("/srv/app", Outcome.SUPERSEDED, null, null));
    assertThat(ledger.hasSucceeded(APP)).isFalse();
    ledger.add(succeeded("/srv/other", null));
    assertThat(ledger.hasSucceeded(APP)).isFalse();
    ledger.add(succeeded("/srv/app", null));
    assertThat(ledger.hasSucceeded(APP)).isTrue();
  }

  @Test
  void aDeployToALinkOfThatNameWasADeployToWhereTheLinkLed() throws IOException {
    ledger.add(succeeded("/srv/app", "/srv/releases/1"));
    assertThat(ledger.hasSucceeded(APP)).isFalse();
    ledger.add(succeeded("/srv/app", "/srv/app"));
    assertThat(ledger.hasSucceeded(APP)).isTrue();
  }

  @Test
  void aNameThatCannotBeWrittenDownIsNotKnown() throws IOException {
    Path latin = NativeText.path(new byte[] {'/', (byte) 0xe9});
    ledger.add(succeeded(NativeText.text(latin), null));
    assertThat(ledger.hasSucceeded(latin)).isFalse();
  }

  @Test
  void findsAnEventWhateverCharactersItsIdHas() throws IOException {
    LedgerRecord odd = record("/srv/app", Outcome.FAILED, null, "a \"b\" \\ \n \t é");
    ledger.add(odd);
    ledger.add(record("/srv/app", Outcome.FAILED, null, "other"));
    assertThat(ledger.last("a \"b\" \\ \n \t é")).contains(odd);
    assertThat(ledger.last("a \"b\"")).isEmpty();
  }

  @Test
  void aDirectoryThatOthersMayWriteToIsNotBelieved() throws IOException {
    ledger.add(succeeded("/srv/app", null));
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> ledger.hasSucceeded(APP)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ledger.add(succeeded("/srv/app", null)))
        .hasMessageContaining(state.toString());
    assertThatThrownBy(() -> ledger.remember(APP)).hasMessageContaining(state.toString());
  }

  @Test
  void aFileThatOthersMayWriteToIsNotBelieved() throws IOException {
    ledger.add(succeeded("/srv/app", null));
    Path file = state.resolve("ledger.jsonl");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThatThrownBy(() -> ledger.records()).hasMessageContaining(file.toString());
  }

  @Test
  void whatIsNoDirectoryIsRefused() throws IOException {
    Files.createFile(state, PosixFilePermissions.asFileAttribute(owner()));
    assertThatThrownBy(() -> ledger.records()).hasMessageContaining("it is not a directory");
    assertThatThrownBy(() -> ledger.add(succeeded("/srv/app", null)))
        .hasMessageContaining("it is not a directory");
  }

  private static Set<PosixFilePermission> owner() {
    return PosixFilePermissions.fromString("rw-------");
  }

  @Test
  void eachRecordIsOneLineAndNoneIsEmpty() throws IOException {
    LedgerRecord first = succeeded("/srv/a", null);
    LedgerRecord second = succeeded("/srv/b", null);
    ledger.add(first);
    ledger.add(second);

    Path file = state.resolve("ledger.jsonl");
    assertThat(Files.readString(file)).isEqualTo(first.json() + "\n" + second.json() + "\n");
    assertThat(first.json()).startsWith("{\"time\":\"").endsWith("}").doesNotContain("\n");
    Files.writeString(file, "{\"time\":\"half", StandardOpenOption.APPEND);
    ledger.add(second);
    assertThat(Files.readString(file)).contains("half\n{\"time\"").endsWith("}\n");
  }

  @Test
  void halfALineIsSetAsideAlsoWhereOnlyTheNewestAreRead() throws IOException {
    ledger.add(succeeded("/srv/app", null));
    Path file = state.resolve("ledger.jsonl");
    Files.writeString(file, "{\"time\":\"half", StandardOpenOption.APPEND);

    assertThat(ledger.newestWhile(record -> true)).hasSize(1);
    assertThat(warnings).singleElement().asString().contains("lines that are no records: 1");
    assertThat(ledger.newestWhile(record -> true)).hasSize(1);
    assertThat(warnings).hasSize(1);
  }

  @Test
  void aFileOfAbsurdSizeIsSetAsideAndNotRead() throws IOException {
    ledger.add(succeeded("/srv/app", null));
    try (RandomAccessFile file =
        new RandomAccessFile(state.resolve("ledger.jsonl").toFile(), "rw")) {
      file.setLength(1L << 25);
    }

    assertThat(ledger.records()).isEmpty();
    assertThat(warnings).singleElement().asString().contains("it has 33554432 bytes");
    assertThat(Files.size(state.resolve("ledger.damaged.jsonl"))).isEqualTo(1L << 25);
    assertThat(Files.size(state.resolve("ledger.jsonl"))).isZero();
    ledger.add(succeeded("/srv/app", null));
    assertThat(ledger.records()).hasSize(1);
  }

  @Test
  @Timeout(60)
  void waitsForAnotherProcessThatUsesIt() throws Exception {
    ledger.add(succeeded("/srv/a", null));
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                state.resolve("ledger.lock").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(other.getInputStream().read()).isEqualTo('h');
      Thread writer = new Thread(this::addAnother);
      writer.start();
      writer.join(200);
      assertThat(writer.isAlive()).isTrue();
      assertThat(Files.readAllLines(state.resolve("ledger.jsonl"))).hasSize(1);

      other.destroy();
      writer.join();
    } finally {
      other.destroy();
      other.waitFor();
    }
    assertThat(ledger.records()).hasSize(2);
  }

  private void addAnother() {
    try {
      ledger.add(succeeded("/srv/b", null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
}
