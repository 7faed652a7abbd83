package dev.stretcher.sync.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.sync.internal.journal.JournalEntry.Switch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
  private static final Instant NOW = Instant.parse("2026-11-27T10:45:12.123Z");

  @TempDir private Path directory;
  private JournalFile file;
  private Path path;

  @BeforeEach
  void name() {
    file = new JournalFile(directory, Path.of("/srv/shop/.stretcher"));
    path = directory.resolve("releases.jsonl");
  }

  private static JournalEntry entry(String id, Mark mark) {
    JournalEntry.Origin origin =
        new JournalEntry.Origin(
            NOW,
            "https://example.com/ü\u2028.yml",
            "beef",
            Optional.of("sha256:" + "0".repeat(64)),
            "rules");
    return new JournalEntry(id, mark, NOW, Optional.of(origin));
  }

  private void add(JournalEntry... entries) throws IOException {
    file.add(file.read(), List.of(entries));
  }

  private List<String> ids() throws IOException {
    List<String> ids = new ArrayList<>();
    file.read().releases().forEach(each -> ids.add(each.id() + " " + each.mark()));
    return ids;
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    add(entry("1", Mark.PREPARED), new JournalEntry("2", Mark.ADOPTED, NOW, Optional.empty()));

    assertThat(file.read().releases())
        .containsExactly(
            entry("1", Mark.PREPARED), new JournalEntry("2", Mark.ADOPTED, NOW, Optional.empty()));
    assertThat(Files.readString(path).lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"v\":1,"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void theFirstLineOfAReleaseGivesItsPlaceAndTheLastItsState() throws Exception {
    add(entry("9", Mark.PREPARED), entry("1", Mark.PREPARED), entry("9", Mark.GOOD));
    assertThat(ids()).containsExactly("9 GOOD", "1 PREPARED");

    add(entry("9", Mark.GONE));
    assertThat(ids()).containsExactly("1 PREPARED");

    add(entry("9", Mark.PREPARED));
    assertThat(ids()).containsExactly("1 PREPARED", "9 PREPARED");
  }

  @Test
  void aDeployThatMakesAReleaseLiveGivesItItsPlaceAndARollbackDoesNot() throws Exception {
    add(entry("1", Mark.GOOD), entry("2", Mark.GOOD), entry("3", Mark.GOOD));
    add(entry("2", Mark.LIVE).switched(Switch.ROLLBACK));
    assertThat(ids()).containsExactly("1 GOOD", "2 LIVE", "3 GOOD");

    add(entry("1", Mark.GOOD).switched(Switch.DEPLOY), entry("1", Mark.GOOD));
    assertThat(ids()).containsExactly("2 LIVE", "3 GOOD", "1 GOOD");

    // As versions wrote it that did not say why.
    add(entry("2", Mark.LIVE));
    assertThat(ids()).containsExactly("3 GOOD", "1 GOOD", "2 LIVE");
  }

  @Test
  void thatAReleaseWasGoodIsKnownUntilItIsGone() throws Exception {
    add(entry("1", Mark.GOOD), entry("1", Mark.BAD), entry("2", Mark.PREPARED));
    assertThat(proven()).containsExactly("1");

    add(file.read().releases().get(0).with(Mark.LIVE, NOW));
    add(entry("2", Mark.BAD));
    assertThat(Files.readAllLines(path).get(3)).contains("\"proven\":true");
    assertThat(proven()).containsExactly("1");

    add(entry("1", Mark.GONE), entry("1", Mark.PREPARED));
    assertThat(proven()).isEmpty();
  }

  private List<String> proven() throws IOException {
    return file.read().releases().stream()
        .filter(JournalEntry::proven)
        .map(JournalEntry::id)
        .toList();
  }

  @Test
  void theEndOfALineThatWasCutIsIgnoredAndCutOff() throws Exception {
    add(entry("1", Mark.GOOD), entry("2", Mark.GOOD));
    byte[] whole = Files.readAllBytes(path);
    int first = new String(whole, StandardCharsets.US_ASCII).indexOf('\n') + 1;
    for (int length = first; length < whole.length - 1; length++) {
      Files.write(path, Arrays.copyOf(whole, length));

      assertThat(ids()).containsExactly("1 GOOD");
      assertThat(file.read().isComplete()).isTrue();
      add(entry("3", Mark.GOOD));
      assertThat(ids()).containsExactly("1 GOOD", "3 GOOD");
    }
  }

  @Test
  void aLastLineThatOnlyMissesItsEndCountsAndGetsIt() throws Exception {
    add(entry("1", Mark.LIVE), entry("1", Mark.GOOD));
    Files.writeString(path, Files.readString(path).stripTrailing());
    assertThat(ids()).containsExactly("1 GOOD");

    add(entry("2", Mark.GOOD));

    assertThat(ids()).containsExactly("1 GOOD", "2 GOOD");
    assertThat(Files.readString(path).lines()).hasSize(3);
    assertThat(file.read().damaged()).isZero();
  }

  @Test
  void whatANewerVersionHasWrittenIsNotTouchedEvenIfItsLineMissesItsEnd() throws Exception {
    Files.writeString(path, "{\"v\":2}");

    assertThatThrownBy(() -> file.read()).hasMessageContaining("newer stretcher");
  }

  @Test
  void aJournalWithoutALineIsNone() throws Exception {
    for (String text : List.of("", "{\"v\":1,\"id\":")) {
      Files.writeString(path, text);

      assertThat(file.read().missing()).as(text).isTrue();
      add(entry("1", Mark.GOOD));
      assertThat(ids()).as(text).containsExactly("1 GOOD");
    }
  }

  @Test
  void aDamagedLineDoesNotHideTheOthers() throws Exception {
    add(entry("1", Mark.GOOD));
    String good = Files.readString(path);
    String other = good.replace("\"1\"", "\"2\"");
    for (String damaged :
        List.of(
            "",
            "garbage",
            "{\"v\":1}",
            "[]",
            "\0\0\0",
            good.strip().replace("sha256:0", "sha256:x"),
            good.strip().replace("good", "splendid"),
            good.strip().replace("\"id\":\"1\"", "\"id\":\"../1\""))) {
      Files.writeString(path, good + damaged + "\n" + other);

      assertThat(ids()).as(damaged).containsExactly("1 GOOD", "2 GOOD");
      assertThat(file.read().damaged()).as(damaged).isEqualTo(1);
      assertThat(file.read().isComplete()).isFalse();
      add(entry("3", Mark.GOOD));
      assertThat(ids()).containsExactly("1 GOOD", "2 GOOD", "3 GOOD");
    }
  }

  @Test
  void whatANewerVersionHasWrittenIsNotTouched() throws Exception {
    add(entry("1", Mark.GOOD));
    Files.writeString(
        path, "{\"v\":2,\"id\":\"2\",\"state\":\"frozen\"}\n", StandardOpenOption.APPEND);

    assertThatThrownBy(() -> file.read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/srv/shop/.stretcher/releases.jsonl")
        .hasMessageContaining("newer stretcher");
  }

  @Test
  void itIsWrittenAnewWhenMostOfItIsAboutReleasesThatAreGone() throws Exception {
    add(entry("1", Mark.PREPARED), entry("1", Mark.LIVE), entry("1", Mark.GOOD));
    add(entry("2", Mark.PREPARED), entry("2", Mark.GOOD));
    file.tidy(file.read());
    assertThat(Files.readAllLines(path)).hasSize(5);

    add(entry("1", Mark.GONE));
    file.tidy(file.read());

    assertThat(Files.readAllLines(path)).hasSize(1);
    assertThat(ids()).containsExactly("2 GOOD");
    assertThat(directory).isDirectoryContaining("glob:**/releases.jsonl");
    assertThat(directory.resolve("releases.jsonl.new")).doesNotExist();
    add(entry("3", Mark.GOOD));
    assertThat(ids()).containsExactly("2 GOOD", "3 GOOD");
  }

  @Test
  void aLinkOrAPipeInItsPlaceIsRefused() throws Exception {
    Files.createSymbolicLink(path, directory.resolve("elsewhere"));
    assertThatThrownBy(() -> file.read()).hasMessageContaining("it is not a file");
  }
}
