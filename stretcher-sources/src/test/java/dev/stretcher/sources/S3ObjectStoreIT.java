package dev.stretcher.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.ObjectStoreContract;
import dev.stretcher.publish.ObjectStore;
import dev.stretcher.sources.internal.s3.PartSizes;
import dev.stretcher.sources.internal.s3.S3ObjectStore;
import dev.stretcher.sources.internal.upload.Tries;
import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.spi.Source;
import dev.stretcher.testing.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** With a real server, which checks signatures; large contents are sent in parts. */
class S3ObjectStoreIT extends ObjectStoreContract {
  private static final String BUCKET = "contract-bucket";

  /** The least that S3 takes. */
  private static final int PART = 5 << 20;

  @TempDir private static Path directory;
  private static S3Server server;
  private static S3Fixture fixture;
  private static S3Client writer;

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
  protected ObjectStore open() {
    return new S3ObjectStore(
        URI.create("s3://" + BUCKET + "/deploys/"),
        HttpSettings.in(Map.of()),
        new PartSizes(PART, PART),
        Tries.STANDARD);
  }

  @Override
  protected Optional<Source> source() {
    return Optional.of(new S3Source());
  }

  @Override
  protected int large() {
    return 2 * PART + 1;
  }

  @AfterEach
  void noPartIsLeft() {
    assertThat(writer.listMultipartUploads(o -> o.bucket(BUCKET)).uploads()).isEmpty();
  }
}
