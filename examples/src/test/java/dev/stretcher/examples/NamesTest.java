package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a document or a script names a class, a package or a file, that is what it is called. */
class NamesTest {
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern MAIN_CLASS =
      Pattern.compile("dev\\.stretcher[.a-z0-9]*\\.[A-Z]\\w*");

  private static SourceNames names;

  @BeforeAll
  static void read() throws IOException {
    names = SourceNames.below(Repository.root());
  }

  /** Returns those that tell of the code as it is now. */
  static Stream<Path> documents() throws IOException {
    return Repository.documents().stream()
        .filter(document -> !document.endsWith("CHANGELOG.md"))
        .filter(document -> !document.getParent().endsWith("adr"));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void theCodeHasWhatADocumentNames(Path document) throws IOException {
    assertThat(unknown(CODE, document)).isEmpty();
  }

  @Test
  void theCodeHasTheMainClassesThatScriptsStart() throws IOException {
    for (Path script : Repository.scripts()) {
      assertThat(unknown(MAIN_CLASS, script)).as(script.toString()).isEmpty();
    }
  }

  private static List<String> unknown(Pattern pattern, Path file) throws IOException {
    List<String> unknown = new ArrayList<>();
    for (MatchResult found : pattern.matcher(Files.readString(file)).results().toList()) {
      String name = found.group(found.groupCount());
      if (!names.know(name)) {
        unknown.add(name);
      }
    }
    return unknown;
  }
}
