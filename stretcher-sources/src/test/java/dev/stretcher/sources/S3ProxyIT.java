package dev.stretcher.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.spi.FetchRequest;
import dev.stretcher.testing.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

/** Refusals of a real server. */
class S3ProxyIT {
  @TempDir private static Path directory;
  private static S3Server server;

  @BeforeAll
  static void start() throws IOException {
    server = S3Server.start(directory, S3Fixture.ACCESS_KEY, S3Fixture.SECRET_KEY);
    try (S3Fixture fixture = S3Fixture.at(server.endpoint());
        S3Client writer = fixture.writer()) {
      writer.createBucket(b -> b.bucket("refusing"));
      S3Fixture.put(writer, "refusing", "key", new byte[3]);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "AKIAOTHER, s3cret-key, check AWS_ACCESS_KEY_ID",
    "AKIATEST, other-s3cret, check AWS_SECRET_ACCESS_KEY"
  })
  void wrongCredentialsAreNamedButNotShown(String accessKey, String secretKey, String remedy) {
    try (S3Fixture fixture = S3Fixture.at(server.endpoint(), accessKey, secretKey)) {
      assertThatThrownBy(() -> open("s3://refusing/key"))
          .as(fixture.toString())
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageStartingWith("s3://refusing/key: S3 answered HTTP 403 ")
          .hasMessageContaining(remedy)
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
    }
  }

  @Test
  void aServerMayCheckNothing(@TempDir Path other) throws Exception {
    try (S3Server open = S3Server.startOpen(other);
        S3Fixture fixture = S3Fixture.at(open.endpoint());
        S3Client writer = fixture.writer()) {
      writer.createBucket(b -> b.bucket("open-bucket"));
      S3Fixture.put(writer, "open-bucket", "key", new byte[3]);
      open("s3://open-bucket/key");
    }
  }

  @Test
  void missingBucketsAndKeysAreToldApart() {
    try (S3Fixture fixture = S3Fixture.at(server.endpoint())) {
      assertThatThrownBy(() -> open("s3://nowhere/key"))
          .as(fixture.toString())
          .isInstanceOf(NoSuchFileException.class)
          .hasMessageContaining("there is no such bucket");
      assertThatThrownBy(() -> open("s3://refusing/other"))
          .isInstanceOf(NoSuchFileException.class)
          .hasMessageContaining("there is no such key");
    }
  }

  @Test
  void anUpdateByATableOfContentsFetchesWhatChanged(@TempDir Path other) throws Exception {
    try (S3Fixture fixture = S3Fixture.at(server.endpoint());
        S3Client writer = fixture.writer();
        TocDeploys deploys = new TocDeploys(other, new S3Source(), to(writer))) {
      deploys.assertUpdateFetchesWhatChanged();
    }
  }

  @Test
  void anArchiveThatIsReplacedAfterItsTableOfContentsIsNotMixed(@TempDir Path other)
      throws Exception {
    try (S3Fixture fixture = S3Fixture.at(server.endpoint());
        S3Client writer = fixture.writer();
        TocDeploys deploys = new TocDeploys(other, new S3Source(), to(writer))) {
      deploys.assertReplacedArchiveIsNotMixed();
    }
  }

  private static TocDeploys.Upload to(S3Client writer) {
    return archive -> {
      S3Fixture.put(writer, "refusing", "app.tar.gz", archive);
      return URI.create("s3://refusing/app.tar.gz");
    };
  }

  private static void open(String url) throws IOException, InterruptedException {
    try (S3Source source = new S3Source()) {
      source.open(URI.create(url), FetchRequest.all("test")).close();
    }
  }
}
