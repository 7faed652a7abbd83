package dev.stretcher.sources.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpValidatorTest {
  private static final String MODIFIED = "Mon, 17 Nov 2014 11:22:33 GMT";

  @Test
  void isAStrongTag() {
    assertThat(of("ETag", "\"abc\"", "Last-Modified", MODIFIED)).contains("\"abc\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"W/\"abc\"", "abc", "\"a\"b\"", "\""})
  void isNothingIfTheTagIsWeakOrMalformed(String tag) {
    String later = "Tue, 18 Nov 2014 11:22:33 GMT";
    assertThat(of("ETag", tag, "Last-Modified", MODIFIED, "Date", later)).isEmpty();
  }

  @Test
  void isALastModifiedThatWasOldWhenTheServerAnswered() {
    String minute = "Mon, 17 Nov 2014 11:23:33 GMT";
    assertThat(of("Last-Modified", MODIFIED, "Date", minute)).contains(MODIFIED);
  }

  @Test
  void isNoLastModifiedThatMightHaveBeenFollowedByAnother() {
    String less = "Mon, 17 Nov 2014 11:23:32 GMT";
    assertThat(of("Last-Modified", MODIFIED, "Date", less)).isEmpty();
    assertThat(of("Last-Modified", MODIFIED)).isEmpty();
    assertThat(of("Last-Modified", "yesterday", "Date", less)).isEmpty();
  }

  private static Optional<String> of(String... headers) {
    return HttpValidator.of(Headers.of(headers));
  }
}
