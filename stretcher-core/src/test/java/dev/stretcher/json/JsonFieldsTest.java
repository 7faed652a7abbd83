package dev.stretcher.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonFieldsTest {
  @Test
  void whatALineSaysIsReadAgain() throws Exception {
    JsonLine line = new JsonLine().put("text", "ä\n\u0085").put("number", 7).put("truth", true);

    JsonFields fields = JsonFields.parse(line.toString());

    assertThat(fields.get("text")).hasValue("ä\n\u0085");
    assertThat(fields.requireNumber("number")).isEqualTo(7);
    assertThat(fields.get("truth")).hasValue("true");
    assertThat(fields.get("other")).isEmpty();
  }

  @Test
  void inAsciiALineMeansTheSame() throws Exception {
    String ascii = new JsonLine().put("text", "ä 🙂").toAscii();

    assertThat(ascii).isEqualTo("{\"text\":\"\\u00e4 \\ud83d\\ude42\"}");
    assertThat(JsonFields.parse(ascii).get("text")).hasValue("ä 🙂");
  }

  @Test
  void whatIsNotOneObjectIsRefused() {
    for (String text :
        List.of("", "[]", "7", "{\"a\":1", "{\"a\":1} {}", "{\"a\":1}]", "nonsense")) {
      assertThatThrownBy(() -> JsonFields.parse(text)).as(text).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whatIsNoJsonIsSaidInOurWords() {
    assertThatThrownBy(() -> JsonFields.parse("{\"a\":"))
        .hasMessage("not a JSON object, see line 1, column 6");
  }
}
