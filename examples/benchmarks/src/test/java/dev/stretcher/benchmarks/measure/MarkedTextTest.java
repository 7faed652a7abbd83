package dev.stretcher.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkedTextTest {
  private static final String BEGIN = "<!-- benchmark:sync -->";
  private static final String END = "<!-- /benchmark:sync -->";

  @Test
  void onlyWhatIsBetweenTheMarkersIsReplaced() {
    String text = "before\n" + BEGIN + "\nold\n" + END + "\nafter\n";

    assertThat(MarkedText.replaced(text, "sync", "new\n"))
        .isEqualTo("before\n" + BEGIN + "\nnew\n" + END + "\nafter\n");
  }

  @Test
  void replacingTwiceIsReplacingOnce() {
    String once = MarkedText.replaced(BEGIN + "\n" + END, "sync", "| $1 | \\2 |\n");

    assertThat(MarkedText.replaced(once, "sync", "| $1 | \\2 |\n")).isEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", BEGIN, END, BEGIN + BEGIN + END, END + BEGIN})
  void aDocumentWithoutOnePairOfMarkersIsRefused(String text) {
    assertThatThrownBy(() -> MarkedText.replaced(text, "sync", "new"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/benchmarks.md"})
  void theDocumentsHaveTheMarkers(String document) throws Exception {
    Path file = Path.of(System.getProperty("stretcher.root", "../..")).resolve(document);

    assertThat(MarkedText.replaced(Files.readString(file), "sync", "new"))
        .contains(BEGIN + "\nnew\n" + END);
  }
}
