package dev.stretcher.sources;

import dev.stretcher.contract.SourceContract;
import dev.stretcher.spi.Source;
import dev.stretcher.testing.S3Server;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** With a real server, which checks signatures. */
class S3SourceContractIT extends SourceContract {
  private static final String BUCKET = "contract-bucket";

  @TempDir private static Path directory;
  private static S3Server server;
  private static S3Fixture fixture;
  private static S3Client writer;

  private final S3Source source = new S3Source();

  @BeforeAll
  static void start() throws IOException {
    server = S3Server.start(directory, S3Fixture.ACCESS_KEY, S3Fixture.SECRET_KEY);
    fixture = S3Fixture.at(server.endpoint());
    writer = fixture.writer();
    writer.createBucket(b -> b.bucket(BUCKET));
  }

  @AfterAll
  static void stop() {
    writer.close();
    fixture.close();
    server.close();
  }

  @Override
  protected Source source() {
    return source;
  }

  @Override
  protected URI put(String name, byte[] bytes) {
    S3Fixture.put(writer, BUCKET, name, bytes);
    return uri(name);
  }

  @Override
  protected URI missing() {
    return uri("missing");
  }

  private static URI uri(String name) {
    try {
      return new URI("s3", BUCKET, "/" + name, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  @Override
  protected List<Capability> capabilities() {
    return List.of(Capability.values());
  }

  @AfterEach
  void close() {
    source.close();
  }
}
