package dev.stretcher.sources.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.sources.internal.gs.GcsUri;
import dev.stretcher.sources.internal.s3.S3Uri;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketUriTest {
  @Test
  void namesAnObject() throws Exception {
    BucketUri object = BucketUri.of(URI.create("s3://my_bucket/a%20b/c%0A"));
    assertThat(object).isEqualTo(new BucketUri("s3", "my_bucket", "a b/c\n"));
    assertThat(object).hasToString("s3://my_bucket/a b/c\\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3:///key", "s3://bucket", "gs://bucket/", "gs:key", "s3:/key"})
  void refusesWhatIsNoObject(String url) {
    assertThatThrownBy(() -> BucketUri.of(URI.create(url)))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("://bucket/key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"name:hunter2@bucket", "name:hunter2@my_bucket", "hunter2@bucket"})
  void refusesAUserAndDoesNotShowThePassword(String authority) {
    assertRefused(
        () -> S3Uri.of(URI.create("s3://" + authority + "/key")), "write s3://bucket/key");
    assertRefused(
        () -> GcsUri.of(URI.create("gs://" + authority + "/key")), "write gs://bucket/key");
  }

  private static void assertRefused(ThrowingCallable reading, String remedy) {
    assertThatThrownBy(reading)
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("no user or password before it; " + remedy)
        .satisfies(e -> assertThat(e.toString()).doesNotContain("hunter2", "name:"));
  }
}
