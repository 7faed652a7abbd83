package dev.stretcher.internal.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeadAndTailTest {
  private static final int MOST = 1000;

  private final HeadAndTail log = new HeadAndTail(MOST);

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Test
  void aShortLogIsWhole() {
    log.add("one");
    log.add("two");

    assertThat(log.text()).isEqualTo("one\ntwo\n");
    assertThat(log.end(100)).isEqualTo("one\ntwo\n");
  }

  @Test
  void ofALongOneTheMiddleIsLeftOut() {
    for (int i = 0; i < 1000; i++) {
      log.add("line " + i);
    }

    assertThat(bytes(log.text())).isBetween(MOST * 3 / 4, MOST);
    assertThat(log.text()).startsWith("line 0\nline 1\n").endsWith("line 998\nline 999\n");
    String[] lines = log.text().split("\n");
    int shown = lines.length - 1;
    assertThat(log.text()).contains("... (" + (1000 - shown) + " lines left out)\n");
  }

  @Test
  void aLongLineDoesNotPushOutAllOthers() {
    log.add("first");
    log.add("x".repeat(100_000));
    log.add("last");

    assertThat(log.text()).startsWith("first\nxxx").contains("xxx...\n").endsWith("last\n");
  }

  @Test
  void bytesCountNotCharacters() {
    for (int i = 0; i < 200; i++) {
      log.add("\u20ac".repeat(100));
    }

    assertThat(bytes(log.text())).isLessThanOrEqualTo(MOST);
    assertThat(bytes(log.end(300))).isLessThanOrEqualTo(300);
  }

  @Test
  void theEndHasWholeLines() {
    log.add("aaaa");
    log.add("bbbb");
    log.add("cccc");

    assertThat(log.end(14)).isEqualTo("bbbb\ncccc\n");
    assertThat(log.end(4)).isEmpty();
  }

  @Test
  void nothingIsLeftOfTheDeployBefore() {
    for (int i = 0; i < 1000; i++) {
      log.add("old " + i);
    }
    log.clear();
    log.add("new");

    assertThat(log.text()).isEqualTo("new\n");
  }
}
