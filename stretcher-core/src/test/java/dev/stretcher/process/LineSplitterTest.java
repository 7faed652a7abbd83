package dev.stretcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {
  private final List<String> lines = new ArrayList<>();

  @Test
  void linesLoseTheirEndsAndEmptyOnesStay() {
    split("a\n\nb\r\n\r\nc\rd\n", 1);

    assertThat(lines).containsExactly("a", "", "b", "", "c\rd");
  }

  @Test
  void theLastLineNeedsNoEnd() {
    split("a\nb", 3);

    assertThat(lines).containsExactly("a", "b");
  }

  @Test
  void nothingIsNoLine() {
    split("", 1);

    assertThat(lines).isEmpty();
  }

  @Test
  void charactersSurviveTheBordersOfChunks() {
    for (int size = 1; size < 8; size++) {
      lines.clear();
      split("größer 😀 日本\n", size);
      assertThat(lines).as("chunks of %d bytes", size).containsExactly("größer 😀 日本");
    }
  }

  @Test
  void whatIsNotUtf8IsReplaced() {
    byte[] bytes = {'a', (byte) 0xff, 'b', '\n', (byte) 0xe2, (byte) 0x82};
    LineSplitter splitter = new LineSplitter(lines::add);
    ByteBuffer chunk = ByteBuffer.wrap(bytes);
    splitter.take(chunk);
    splitter.finish(chunk);

    assertThat(lines).containsExactly("a\ufffdb", "\ufffd");
  }

  @Test
  void longLinesComeInPiecesThatSayThatTheyGoOn() {
    String longest = "x".repeat(LineSplitter.LONGEST);
    split(longest + "\n" + longest + "\r\n" + longest + longest + "y\nz", 8192);

    String piece = longest + " ... (this line goes on in the next one)";
    assertThat(lines).containsExactly(longest, longest, piece, piece, "y", "z");
  }

  @Test
  void aPieceDoesNotEndWithinACharacter() {
    String line = "x".repeat(LineSplitter.LONGEST - 1) + "😀";
    split(line + "\n", 4096);

    assertThat(lines).containsExactly(line);
  }

  private void split(String text, int chunkSize) {
    LineSplitter splitter = new LineSplitter(lines::add);
    ByteBuffer chunk = ByteBuffer.allocate(chunkSize + 8);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < bytes.length; from += chunkSize) {
      chunk.put(bytes, from, Math.min(chunkSize, bytes.length - from));
      chunk.flip();
      splitter.take(chunk);
      chunk.compact();
    }
    chunk.flip();
    splitter.finish(chunk);
  }
}
