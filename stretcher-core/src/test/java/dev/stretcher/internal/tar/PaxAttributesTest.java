package dev.stretcher.internal.tar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PaxAttributesTest {
  @Test
  void onlyWhatIsOfUseIsKept() throws Exception {
    byte[] content =
        "15 path=a name\n18 GNU.sparse.x=1\n22 GNU.sparse.map=0,1\n8 x.y=1\n"
            .getBytes(StandardCharsets.US_ASCII);

    PaxAttributes attributes = PaxAttributes.NONE.with(content);

    assertThat(attributes.text("path")).isEqualTo("a name");
    assertThat(attributes.text("GNU.sparse.map")).isEqualTo("0,1");
    assertThat(attributes.text("GNU.sparse.x")).isNull();
    assertThat(attributes.text("x.y")).isNull();
  }
}
