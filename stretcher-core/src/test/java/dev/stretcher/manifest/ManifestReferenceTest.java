package dev.stretcher.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ManifestReferenceTest {
  private static final Pattern YAML = Pattern.compile("(?s)\n```yaml\n(.*?\n)```\n");

  @Test
  void everyManifestOfTheReferenceIsRead() throws IOException, ManifestException {
    String page =
        Files.readString(Path.of("../docs/reference/manifest.md"), StandardCharsets.UTF_8);
    List<String> manifests =
        YAML.matcher(page).results().map((MatchResult fence) -> fence.group(1)).toList();
    assertThat(manifests).hasSizeGreaterThanOrEqualTo(3);
    for (String manifest : manifests) {
      byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
      assertThat(new ManifestReader(Map.of()).read(bytes).warnings()).as(manifest).isEmpty();
    }
  }

  @Test
  void everyKeyIsInTheReferenceWithItsTypeAndDefault() throws IOException {
    String page =
        Files.readString(Path.of("../docs/reference/manifest.md"), StandardCharsets.UTF_8);
    assertThat(ManifestKeys.ALL)
        .allSatisfy(
            key ->
                assertThat(page)
                    .contains("\n| `%s` | %s | %s".formatted(key, key.type(), key.standard())));
    String withoutSrc =
        ManifestKeys.ALL.stream()
            .filter(key -> key.needsSrc() && key != ManifestKeys.SRC)
            .map(key -> "`" + key + "`")
            .collect(Collectors.joining(", "));
    assertThat(page.replaceAll("\\s+", " "))
        .contains("Without `src`, the keys " + withoutSrc.replaceFirst(", (?=[^,]*$)", " and "));
    assertThat(CommandFields.PHASES)
        .allSatisfy(key -> assertThat(page).contains("| `" + key + "` |"));
  }
}
