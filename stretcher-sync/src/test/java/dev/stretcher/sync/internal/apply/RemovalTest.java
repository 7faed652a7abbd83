package dev.stretcher.sync.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.sync.internal.directory.Directories;
import dev.stretcher.sync.internal.filter.FilterRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is removed when files appear in a directory after the sync was planned. */
class RemovalTest {
  @TempDir private Path dest;

  @Test
  void anExcludedFileStaysHoweverDeepItAppeared() throws Exception {
    write("old/a/b/keep.pid");
    write("old/a/b/gone");
    write("old/a/gone");
    write("old/c/gone");

    remove("old", rules("*.pid"));

    assertThat(names()).containsExactly("old", "old/a", "old/a/b", "old/a/b/keep.pid");
  }

  @Test
  void anExcludedDirectoryStaysWithAllThatIsInIt() throws Exception {
    write("old/logs/today");
    write("old/a/logs");

    remove("old", rules("logs/"));

    assertThat(names()).containsExactly("old", "old/logs", "old/logs/today");
  }

  @Test
  void whatAnotherDeployNeedsStaysThoughNoRuleSaysSo() throws Exception {
    String lock = ".stretcher-0123456789abcdef.lock";
    write("old/a/" + lock);
    write("old/a/gone");

    remove("old", rules());

    assertThat(names()).containsExactly("old", "old/a", "old/a/" + lock);
  }

  @Test
  void allGoesWhereNothingIsProtected() throws Exception {
    write("old/a/b/keep.pid");
    write("old/a/.stretcher-0123456789abcdef.lock");
    write("other");

    remove("old", Optional.empty());

    assertThat(names()).containsExactly("other");
  }

  @Test
  void whatALinkLeadsToStays() throws Exception {
    write("precious/file");
    Files.createDirectory(dest.resolve("old"));
    Files.createSymbolicLink(dest.resolve("old/link"), dest.resolve("precious"));

    remove("old", rules());

    assertThat(names()).containsExactly("precious", "precious/file");
  }

  @Test
  void theContentOfDestGoesAndDestStays() throws Exception {
    write("a/b/gone");
    write("gone");
    write("a/keep.pid");

    removal(Optional.empty()).removeContent();

    assertThat(names()).isEmpty();
    assertThat(dest).isDirectory();
  }

  @Test
  void aDirectoryThatItsOwnerMayNotEnterGoesToo() throws Exception {
    write("old/closed/gone");
    Files.setPosixFilePermissions(
        dest.resolve("old/closed"), PosixFilePermissions.fromString("---------"));

    remove("old", rules());

    assertThat(names()).isEmpty();
  }

  @Test
  void whatIsGoneAlreadyIsNoFailure() throws Exception {
    write("other");

    remove("old", rules());

    assertThat(names()).containsExactly("other");
    assertThatThrownBy(() -> remove("none/old", rules())).isInstanceOf(NoSuchFileException.class);
  }

  private static Optional<FilterRules> rules(String... patterns) throws IOException {
    return Optional.of(FilterRules.of(new byte[0], List.of(patterns)));
  }

  private void remove(String path, Optional<FilterRules> rules)
      throws IOException, InterruptedException {
    removal(rules).remove(Path.of(path));
  }

  private Removal removal(Optional<FilterRules> rules) throws IOException {
    return new Removal(new Directories(PinnedPlace.hold(dest)), rules);
  }

  private void write(String path) throws IOException {
    Path file = dest.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, path);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.walk(dest)) {
      return all.filter(path -> !path.equals(dest))
          .map(path -> dest.relativize(path).toString())
          .sorted()
          .toList();
    }
  }
}
