package dev.stretcher.internal.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.internal.toc.Members;
import dev.stretcher.spi.ByteRange;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the members that are needed are fetched. */
class PiecesTest {
  private static final int LARGE = 100_000;

  @TempDir Path temp;
  private Members members;

  @BeforeEach
  void pack() throws Exception {
    Map<String, Integer> sizes = new HashMap<>();
    for (int i = 0; i < 6; i++) {
      // The content of each is a member, larger than the gap that is fetched rather than left out.
      sizes.put("f" + i, LARGE);
    }
    members = PackedFiles.of(temp, sizes).toc().members();
  }

  private Pieces of(int... numbers) {
    BitSet needed = new BitSet();
    for (int number : numbers) {
      needed.set(number);
    }
    return Pieces.of(members, needed);
  }

  /** Returns the member that holds the content of a file: there is one of headers before each. */
  private int content(int file) {
    int found = -1;
    int contents = -1;
    for (int i = 0; contents < file; i++) {
      found = i;
      contents += members.tarOffset(i + 1) - members.tarOffset(i) >= LARGE ? 1 : 0;
    }
    return found;
  }

  private ByteRange range(int first, int last) {
    return new ByteRange(members.offset(first), OptionalLong.of(members.offset(last + 1) - 1));
  }

  @Test
  void nothingIsNothing() {
    assertThat(of().isEmpty()).isTrue();
    assertThat(of().bytes()).isZero();
    assertThat(of().ranges()).isEmpty();
  }

  @Test
  void membersThatFollowEachOtherAreDecompressedTogether() {
    int first = content(1);

    Pieces pieces = of(first, first + 1, first + 2);

    assertThat(pieces.pieces())
        .containsExactly(
            new Pieces.Piece(
                members.offset(first),
                members.offset(first + 3) - members.offset(first),
                members.tarOffset(first),
                members.tarOffset(first + 3) - members.tarOffset(first)));
    assertThat(pieces.ranges()).containsExactly(range(first, first + 2));
    assertThat(pieces.tarBytes())
        .isEqualTo(members.tarOffset(first + 3) - members.tarOffset(first));
  }

  @Test
  void aSmallGapIsFetchedAndNotDecompressed() {
    int first = content(1);

    // Between them are the headers of the second.
    Pieces pieces = of(first, content(2));

    assertThat(pieces.pieces()).hasSize(content(2) == first + 1 ? 1 : 2);
    assertThat(pieces.ranges()).containsExactly(range(first, content(2)));
    assertThat(pieces.bytes()).isEqualTo(members.offset(content(2) + 1) - members.offset(first));
  }

  @Test
  void aLargeGapIsLeftOut() {
    Pieces pieces = of(content(1), content(3));

    assertThat(pieces.pieces()).hasSize(2);
    assertThat(pieces.ranges())
        .containsExactly(range(content(1), content(1)), range(content(3), content(3)));
    assertThat(pieces.bytes()).isLessThan(2 * LARGE + 1000);
  }
}
