package dev.stretcher.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketUriTest {
  @Test
  void namesAnObject() throws Exception {
    BucketUri object = BucketUri.of(URI.create("s3://my_bucket/a%20b/c%0A"));
    assertThat(object).isEqualTo(new BucketUri("s3", "my_bucket", "a b/c\n"));
    assertThat(object).hasToString("s3://my_bucket/a b/c?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3:///key", "s3://bucket", "gs://bucket/", "gs:key", "s3:/key"})
  void refusesWhatIsNoObject(String url) {
    assertThatThrownBy(() -> BucketUri.of(URI.create(url)))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("://bucket/key");
  }

  @Test
  void refusesAUserAndDoesNotShowThePassword() {
    assertThatThrownBy(() -> BucketUri.of(URI.create("s3://user:hunter2@bucket/key")))
        .isInstanceOf(NoSuchFileException.class)
        .satisfies(e -> assertThat(e.toString()).doesNotContain("hunter2", "user"));
  }
}
