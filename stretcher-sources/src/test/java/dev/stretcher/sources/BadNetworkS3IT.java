package dev.stretcher.sources;

import dev.stretcher.spi.Source;
import dev.stretcher.testing.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** With a real S3Proxy behind it. */
class BadNetworkS3IT extends BadNetwork {
  private static final String BUCKET = "bad-network";

  @TempDir private static Path directory;
  private static S3Server server;

  private S3Fixture fixture;

  @BeforeAll
  static void start() throws IOException {
    server = S3Server.start(directory, S3Fixture.ACCESS_KEY, S3Fixture.SECRET_KEY);
    try (S3Fixture fixture = S3Fixture.at(server.endpoint());
        S3Client writer = fixture.writer()) {
      writer.createBucket(b -> b.bucket(BUCKET));
      S3Fixture.put(writer, BUCKET, "app.tar.gz", OBJECT);
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void forget() {
    fixture.close();
  }

  @Override
  int port() {
    return server.endpoint().getPort();
  }

  @Override
  Source through(FaultProxy proxy) {
    fixture = S3Fixture.at(proxy.uri(""));
    return new S3Source();
  }

  @Override
  URI uri(FaultProxy proxy) {
    return URI.create("s3://" + BUCKET + "/app.tar.gz");
  }
}
