package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.cli.command.Commands;
import dev.stretcher.cli.flag.AgentSettings;
import dev.stretcher.cli.flag.Flag;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.option.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The tables of flags in the reference say what the settings say: the same name, description and
 * default, in Markdown. Links and a few words may follow a description.
 */
class FlagTableTest {
  /** The rows, as lists of cells without Markdown. */
  private static List<List<String>> rows() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Repository.root().resolve("docs/reference/cli.md"))) {
      if (line.startsWith("| `")) {
        String plain = line.replace("`", "").replaceAll("\\[([^]]+)\\]\\([^)]*\\)", "$1");
        rows.add(List.of(plain.substring(2).replaceAll("\\s*\\|$", "").split(" \\| ?", -1)));
      }
    }
    return rows;
  }

  private static List<String> row(String flag) throws IOException {
    List<List<String>> found =
        rows().stream()
            .filter(row -> row.get(0).equals(flag) || row.get(0).startsWith(flag + ", --"))
            .toList();
    assertThat(found).as("the row of " + flag).hasSize(1);
    return found.get(0);
  }

  @Test
  void eachSettingHasARow() throws IOException {
    for (Setting<?> setting : AgentSettings.COMMON) {
      assertThatRowIsOf(setting, row(Flag.usage(setting)));
    }
  }

  @Test
  void eachSettingOfACommandHasARow() throws IOException {
    for (Command command : Commands.NAMED) {
      for (Setting<?> setting : command.flags()) {
        assertThatRowIsOf(setting, row(command.name() + " " + Flag.usage(setting)));
      }
    }
  }

  private static <T> void assertThatRowIsOf(Setting<T> setting, List<String> row) {
    String description = setting.description().replaceAll("\\.$", "");
    assertThat(row.get(1)).as(setting.name()).startsWithIgnoringCase(description);
    String standard = setting.isSwitch() ? "" : setting.kind().text(setting.standard());
    assertThat(row.get(2).strip()).as(setting.name()).isEqualTo(standard);
  }
}
