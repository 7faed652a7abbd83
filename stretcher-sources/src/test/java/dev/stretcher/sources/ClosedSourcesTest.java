package dev.stretcher.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A source that was closed opens no connection any more. */
class ClosedSourcesTest {
  private static final HttpSettings HTTP = HttpSettings.in(Map.of());

  @Test
  void openNothing() throws IOException {
    FetchRequest request = new FetchRequest(ByteRange.ALL, Optional.empty(), "test");
    List<Source> sources =
        List.of(
            new HttpSource(HTTP),
            new S3Source(S3Source.Settings.DEFAULT, HTTP),
            new GcsSource(HTTP));
    for (Source source : sources) {
      URI uri = URI.create(source.schemes().iterator().next() + "://bucket.invalid/key");
      source.close();
      source.close();
      assertThatIllegalStateException()
          .as(uri.toString())
          .isThrownBy(() -> source.open(uri, request))
          .withMessageContaining("this source is closed");
    }
  }

  @Test
  void allSchemesAreServed() {
    assertThat(
            Stream.of(
                    new FileSource(),
                    new HttpSource(HTTP),
                    new S3Source(S3Source.Settings.DEFAULT, HTTP),
                    new GcsSource(HTTP))
                .map(Source::schemes))
        .containsExactly(Set.of("file"), Set.of("http", "https"), Set.of("s3"), Set.of("gs"));
  }
}
