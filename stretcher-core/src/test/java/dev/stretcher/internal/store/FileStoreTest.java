package dev.stretcher.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.stretcher.store.Change;
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.store.Lease;
import dev.stretcher.store.Listing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileStoreTest {
  private static final Duration TTL = Duration.ofSeconds(10);

  @TempDir Path temporary;
  private final MovedClock clock = new MovedClock();
  private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    directory = temporary.resolve("a/store");
    file = directory.resolve("store.jsonl");
  }

  private FileStore open() throws IOException {
    return FileStore.in(directory, clock);
  }

  private static void put(KeyValueStore store, String key, String value) throws Exception {
    assertThat(store.write(List.of(Change.put(key, value)))).isTrue();
  }

  private static Optional<String> value(KeyValueStore store, String key) throws Exception {
    return store.get(key).map(KeyValue::value);
  }

  @Test
  void readsMakeNothing() throws Exception {
    try (FileStore store = open()) {
      assertThat(store.get("a")).isEmpty();
      assertThat(store.list("").entries()).isEmpty();
      assertThat(store.watch("", store.list("").version(), Duration.ZERO).entries()).isEmpty();
    }

    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void onlyTheOwnerReadsIt() throws Exception {
    try (FileStore store = open()) {
      put(store, "a", "1");
    }

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aWriteThatIsCutOffAnywhereIsWholeOrNothing() throws Exception {
    try (FileStore store = open()) {
      store.write(List.of(Change.put("a", "1"), Change.put("b", "1")));
      long before = Files.size(file);
      store.write(List.of(Change.put("a", "2"), Change.put("b", "2"), Change.put("c", "2")));
      byte[] whole = Files.readAllBytes(file);
      for (int length = (int) before; length < whole.length; length++) {
        Files.write(file, Arrays.copyOf(whole, length));
        try (FileStore other = open()) {
          assertThat(other.list("").entries()).extracting(KeyValue::value).containsOnly("1");
          put(other, "d", "3");
          assertThat(other.list("").entries())
              .extracting(KeyValue::value)
              .containsExactly("1", "1", "3");
        }
        assertThat(value(store, "d")).contains("3");
      }
    }
  }

  @Test
  void aWriteWithHolesThatAPowerFailureLeftIsNone() throws Exception {
    try (FileStore store = open()) {
      put(store, "a", "1");
      long before = Files.size(file);
      put(store, "a", "2");
      byte[] whole = Files.readAllBytes(file);
      Arrays.fill(whole, (int) before + 3, (int) before + 9, (byte) 0);
      Files.write(file, whole);
    }
    try (FileStore store = open()) {
      assertThat(value(store, "a")).contains("1");
      put(store, "a", "3");
      assertThat(value(store, "a")).contains("3");
    }
  }

  @Test
  void namesTheFileAndTheLinesThatAreDamaged() throws Exception {
    try (FileStore store = open()) {
      put(store, "a", "first");
      put(store, "b", "second");
      put(store, "c", "third");
      Files.writeString(file, Files.readString(file).replace("second", "sec0nd"));

      assertThatThrownBy(() -> store.get("a"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(file + ": it is damaged in lines 5 to 7")
          .hasMessageContaining("put a copy in its place, or remove it");
      assertThatThrownBy(() -> put(store, "a", "1")).hasMessageContaining("damaged");

      Files.delete(file);
      put(store, "a", "anew");
      assertThat(value(store, "a")).contains("anew");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello\n", "{}\n", "{\"stretcher\":\"store\"", "\0\0\0\n"})
  void refusesAFileThatIsNoStore(String content) throws Exception {
    Files.createDirectories(directory);
    Files.writeString(file, content);
    try (FileStore store = open()) {
      assertThatThrownBy(() -> store.get("a"))
          .hasMessageContaining(file + ": it is damaged in line 1");
    }
    assertThat(file).hasContent(content);
  }

  @Test
  void leavesTheFileOfALaterVersionAlone() throws Exception {
    Files.createDirectories(directory);
    String later = "{\"stretcher\":\"store\",\"format\":2,\"from\":1}\n";
    Files.writeString(file, later);
    try (FileStore store = open()) {
      assertThatThrownBy(() -> put(store, "a", "1"))
          .hasMessageContaining("later version")
          .hasMessageContaining("install a newer one");
    }
    assertThat(Files.readString(file)).isEqualTo(later);
  }

  @Test
  void isRefusedWhereOthersMayWrite() throws Exception {
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("chmod");
  }

  @Test
  void isRefusedOnceOthersMayWriteTheFile() throws Exception {
    try (FileStore store = open()) {
      put(store, "a", "1");
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

    try (FileStore store = open()) {
      assertThatThrownBy(() -> store.get("a"))
          .hasMessageContaining(file.toString())
          .hasMessageContaining("chmod");
    }
  }

  @Test
  void isRefusedWhereThereIsNoDirectory() throws Exception {
    Files.createDirectories(directory.getParent());
    Files.writeString(directory, "text");

    assertThatThrownBy(this::open)
        .hasMessageContaining(directory + ": it is not a directory; name another one");
  }

  @Test
  void saysWhoMayWrite() throws Exception {
    assumeFalse(System.getProperty("user.name").equals("root"), "root may write everywhere");
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-x------"));
    try (FileStore store = open()) {
      assertThatThrownBy(() -> put(store, "a", "1"))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining(directory + ": this user may not write there");
    }
  }

  @Test
  void aNameCannotLeadOutOfTheStore() throws Exception {
    List<String> names =
        List.of("../../../x", "a/../../b", "..", "a//b", "\0", "a\nb", "x".repeat(5000), "\uffffa");
    try (FileStore store = open()) {
      for (String name : names) {
        put(store, name, name);
      }
    }
    try (FileStore store = open()) {
      for (String name : names) {
        assertThat(value(store, name)).contains(name);
        assertThat(store.list(name).entries()).extracting(KeyValue::key).contains(name);
      }
    }
    assertThat(temporary.resolve("a")).isDirectoryContaining(each -> each.equals(directory));
    assertThat(Files.list(directory).map(each -> each.getFileName().toString()))
        .containsExactlyInAnyOrder("store.jsonl", "store.lock");
  }

  @Test
  void staysSmallAndLosesNothingWhenItIsWrittenAnew() throws Exception {
    String large = "x".repeat(100_000);
    try (FileStore store = open();
        FileStore reader = open();
        Lease lease = store.lease("kept", TTL)) {
      lease.take("lock", "mine");
      store.write(List.of(new Change.Put("first", "1", 7, Change.Condition.NONE)));
      KeyValue first = store.get("first").orElseThrow();
      put(store, "gone", "1");
      Listing known = reader.list("");
      store.write(List.of(Change.delete("gone")));
      for (int i = 0; i < 30; i++) {
        put(store, "large", i + large);
      }

      assertThat(Files.size(file)).isLessThan(2_000_000);
      assertThat(reader.watch("", known.version(), TTL).entries())
          .extracting(KeyValue::key)
          .containsExactly("first", "large", "lock");
      assertThat(reader.get("first")).contains(first);
      assertThat(lease.renew()).isTrue();
    }
    try (FileStore store = open()) {
      assertThat(value(store, "large")).contains("29" + large);
    }
  }

  @Test
  void showsWhatACopyHadThatWasPutInItsPlace() throws Exception {
    Path copy = temporary.resolve("copy");
    try (FileStore store = open()) {
      put(store, "a", "1");
      Files.copy(file, copy);
      put(store, "a", "2");
      put(store, "a", "3");
      Listing known = store.list("");

      Files.copy(copy, file, StandardCopyOption.REPLACE_EXISTING);

      Listing restored = store.watch("", known.version(), Duration.ofMinutes(1));
      assertThat(restored.version()).isLessThan(known.version());
      assertThat(restored.entries()).extracting(KeyValue::value).containsExactly("1");
      Files.write(file, Files.readAllBytes(copy));
      put(store, "a", "4");
      assertThat(value(store, "a")).contains("4");
    }
  }

  @Test
  void isEmptyOnceItWasRemovedAndComesBackWithAWrite() throws Exception {
    try (FileStore store = open()) {
      put(store, "a", "1");
      Files.delete(file);
      assertThat(store.list("").entries()).isEmpty();

      put(store, "b", "2");

      assertThat(store.list("").entries()).extracting(KeyValue::key).containsExactly("b");
    }
  }

  @Test
  void leasesEndWhenTheMachineStartsAnew() throws Exception {
    try (FileStore store = open()) {
      Lease lease = store.lease("of the boot before", TTL);
      lease.take("a", "1");
      assertThat(value(store, "a")).contains("1");

      clock.reboot();

      assertThat(store.get("a")).isEmpty();
      assertThat(lease.renew()).isFalse();
    }
  }

  @Test
  void aKeyOfALostLeaseIsFreeForOthers() throws Exception {
    try (FileStore store = open()) {
      store.lease("lost", TTL).take("a", "1");
      clock.move(TTL);

      assertThat(store.write(List.of(Change.put("a", "2", Change.Condition.ABSENT)))).isTrue();
      try (Lease next = store.lease("next", TTL)) {
        assertThat(next.take("a", "3")).isTrue();
      }
    }
  }

  @Test
  void anInterruptCutsNoCallOffInTheMiddle() throws Exception {
    try (FileStore store = open()) {
      Thread.currentThread().interrupt();
      put(store, "a", "1");
      assertThat(value(store, "a")).contains("1");
      assertThat(Thread.interrupted()).isTrue();

      put(store, "a", "2");
      assertThat(value(store, "a")).contains("2");
    }
  }

  @Test
  void keepsAThousandKeys() throws Exception {
    List<String> values = new ArrayList<>();
    try (FileStore store = open()) {
      for (int i = 0; i < 1000; i += 50) {
        List<Change> changes = new ArrayList<>();
        for (int n = i; n < i + 50; n++) {
          String name = "keys/" + (1000 + n);
          values.add(name);
          changes.add(Change.put(name, name));
        }
        store.write(changes);
      }
    }
    try (FileStore store = open()) {
      assertThat(store.list("keys/").entries())
          .extracting(KeyValue::value)
          .containsExactlyElementsOf(values);
      assertThat(value(store, "keys/1999")).contains("keys/1999");
    }
    assertThat(Files.readString(file, StandardCharsets.UTF_8)).contains("keys/1500");
  }
}
