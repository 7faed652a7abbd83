package dev.stretcher.internal.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.stretcher.option.Options;
import dev.stretcher.text.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whatever stands between braces, it is replaced or a problem. */
class TemplateFuzzTest {
  @FuzzTest(maxDuration = "3m")
  void aTemplateIsReplacedOrAProblem(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    List<Problem> problems = new ArrayList<>();
    String expanded = new Template(Map.of("A", "{{"), Options.DEFAULT, problems).expand(text);
    if (!text.contains("{{")) {
      assertThat(expanded).isEqualTo(text);
      assertThat(problems).isEmpty();
    }
  }
}
