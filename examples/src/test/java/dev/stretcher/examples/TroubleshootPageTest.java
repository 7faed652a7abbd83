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
import org.junit.jupiter.api.Test;

/** Who searches that page for a message finds it: it quotes what the program says. */
class TroubleshootPageTest {
  private static final Pattern SYMPTOM = Pattern.compile("(?m)^\\| ([^|]*`[^|]*) \\|");
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern JOIN = Pattern.compile("\"\\s*\\+\\s*\"");
  private static final int TELLING = 6;
  private static final int SYMPTOMS = 20;

  @Test
  void eachMessageIsOneOfOurs() throws IOException {
    String sources = sources();
    String page = Files.readString(Repository.root().resolve("docs/how-to/troubleshoot.md"));
    List<String> symptoms = SYMPTOM.matcher(page).results().map(it -> it.group(1)).toList();

    assertThat(symptoms).hasSizeGreaterThanOrEqualTo(SYMPTOMS);
    assertThat(symptoms).flatMap(TroubleshootPageTest::pieces).allMatch(sources::contains);
  }

  private static List<String> pieces(String symptom) {
    List<String> pieces = new ArrayList<>();
    for (MatchResult quoted : QUOTED.matcher(symptom).results().toList()) {
      for (String piece : quoted.group(1).split("…")) {
        if (piece.strip().length() >= TELLING) {
          pieces.add(piece.strip());
        }
      }
    }
    return pieces;
  }

  private static String sources() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(Repository.root())) {
      for (Path file : (Iterable<Path>) files.filter(TroubleshootPageTest::speaks)::iterator) {
        text.append(Files.readString(file)).append('\n');
      }
    }
    return JOIN.matcher(text).replaceAll("");
  }

  private static boolean speaks(Path file) {
    String path = file.toString();
    return path.contains("/src/main/")
        && (path.endsWith(".java") || path.endsWith("/stretcher"))
        && Files.isRegularFile(file);
  }
}
