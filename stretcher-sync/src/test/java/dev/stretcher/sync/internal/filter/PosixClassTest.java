package dev.stretcher.sync.internal.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The members are those of the POSIX locale, see "LC_CTYPE" in the standard. */
class PosixClassTest {
  /** Members in hexadecimal, as ranges. */
  @ParameterizedTest
  @CsvSource({
    "alnum,  30-39 41-5a 61-7a",
    "alpha,  41-5a 61-7a",
    "blank,  09-09 20-20",
    "cntrl,  00-1f 7f-7f",
    "digit,  30-39",
    "graph,  21-7e",
    "lower,  61-7a",
    "print,  20-7e",
    "punct,  21-2f 3a-40 5b-60 7b-7e",
    "space,  09-0d 20-20",
    "upper,  41-5a",
    "xdigit, 30-39 41-46 61-66",
  })
  void hasTheMembersOfTheStandardAndNoOtherByte(String name, String ranges) throws IOException {
    List<Integer> members = members(ranges);
    assertThat(matched("[[:" + name + ":]]")).containsExactlyElementsOf(without(members, '/'));
    List<Integer> others = all().filter(each -> !members.contains(each)).boxed().toList();
    assertThat(matched("[^[:" + name + ":]]")).containsExactlyElementsOf(without(others, '/'));
  }

  @Test
  void aNameThatIsNoClassMatchesNothing() throws IOException {
    assertThat(matched("[[:letter:]]")).isEmpty();
    assertThat(matched("[[:ALPHA:]]")).isEmpty();
  }

  private static List<Integer> members(String ranges) {
    return List.of(ranges.split(" ")).stream()
        .flatMap(
            range ->
                IntStream.rangeClosed(
                        Integer.parseInt(range.substring(0, 2), 16),
                        Integer.parseInt(range.substring(3), 16))
                    .boxed())
        .toList();
  }

  private static IntStream all() {
    return IntStream.range(0, 256);
  }

  /** No set matches a slash. */
  private static List<Integer> without(List<Integer> bytes, int one) {
    return bytes.stream().filter(each -> each != one).toList();
  }

  /** Returns each byte that is a name which the pattern matches. */
  private static List<Integer> matched(String pattern) throws IOException {
    Glob glob = new Glob(pattern.getBytes(StandardCharsets.US_ASCII));
    return all().filter(each -> glob.matches(new byte[] {(byte) each}, 0, 1)).boxed().toList();
  }
}
