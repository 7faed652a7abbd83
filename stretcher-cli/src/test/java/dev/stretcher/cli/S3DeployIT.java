package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.testing.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The packaged agent and a real S3Proxy, with what an operator configures. */
class S3DeployIT {
  private static final String BUCKET = "releases";
  private static final String ACCESS_KEY = "AKIATEST";
  private static final String SECRET_KEY = "s3cret-key";

  @TempDir private static Path shared;
  private static S3Server server;

  @TempDir private Path directory;
  private TestApp app;

  @BeforeAll
  static void start() throws IOException {
    server = S3Server.start(shared, ACCESS_KEY, SECRET_KEY);
    try (S3Client client = client()) {
      client.createBucket(b -> b.bucket(BUCKET));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void upload() throws IOException {
    app = new TestApp(directory).file("bin/run", "from S3").pack();
    try (S3Client client = client()) {
      client.putObject(
          o -> o.bucket(BUCKET).key("a b/app+1.tar.gz"), RequestBody.fromFile(app.archive()));
      String manifest =
          "src: s3://%s/a b/app+1.tar.gz\nchecksum: %s\ndest: %s\n"
              .formatted(BUCKET, app.sha256(), app.dest());
      client.putObject(o -> o.bucket(BUCKET).key("app.yml"), RequestBody.fromString(manifest));
    }
  }

  @Test
  void theEnvironmentHasTheCredentials() throws Exception {
    Map<String, String> environment = environment();
    environment.put("AWS_ACCESS_KEY_ID", ACCESS_KEY);
    environment.put("AWS_SECRET_ACCESS_KEY", SECRET_KEY);

    assertDeploys(environment);
  }

  @Test
  void aProfileHasTheCredentialsAndTheEndpoint() throws Exception {
    Path credentials =
        Files.writeString(
            directory.resolve("credentials"),
            """
            [deploy]
            aws_access_key_id = %s
            aws_secret_access_key = %s
            """
                .formatted(ACCESS_KEY, SECRET_KEY));
    Path config =
        Files.writeString(
            directory.resolve("config"),
            """
            [profile deploy]
            region = eu-central-1
            endpoint_url = %s
            """
                .formatted(server.endpoint()));
    Map<String, String> environment = environment();
    environment.remove("AWS_ENDPOINT_URL_S3");
    environment.put("AWS_PROFILE", "deploy");
    environment.put("AWS_CONFIG_FILE", config.toString());
    environment.put("AWS_SHARED_CREDENTIALS_FILE", credentials.toString());

    assertDeploys(environment);
  }

  @Test
  void oneEndpointMayBeForAllServices() throws Exception {
    Map<String, String> environment = environment();
    environment.remove("AWS_ENDPOINT_URL_S3");
    environment.put("AWS_ENDPOINT_URL", server.endpoint().toString());
    environment.put("AWS_ACCESS_KEY_ID", ACCESS_KEY);
    environment.put("AWS_SECRET_ACCESS_KEY", SECRET_KEY);

    assertDeploys(environment);
  }

  @Test
  void theInstanceHasTheCredentials() throws Exception {
    try (AwsServices services = new AwsServices(ACCESS_KEY, SECRET_KEY)) {
      Map<String, String> environment = environment();
      environment.remove("AWS_EC2_METADATA_DISABLED");
      environment.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", services.url(""));
      environment.put("AWS_REGION", "us-east-1");

      assertDeploys(environment);
      assertThat(services.asked()).contains("PUT /latest/api/token");
    }
  }

  @Test
  void theContainerHasTheCredentials() throws Exception {
    try (AwsServices services = new AwsServices(ACCESS_KEY, SECRET_KEY)) {
      Map<String, String> environment = environment();
      environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", services.url("/container"));

      assertDeploys(environment);
      assertThat(services.asked()).contains("GET /container");
    }
  }

  @Test
  void aWebIdentityIsExchangedForCredentials() throws Exception {
    try (AwsServices services = new AwsServices(ACCESS_KEY, SECRET_KEY)) {
      Path token = Files.writeString(directory.resolve("token"), "a JSON web token");
      Map<String, String> environment = environment();
      environment.put("AWS_ENDPOINT_URL_STS", services.url("/"));
      environment.put("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString());
      environment.put("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/deploy");
      environment.put("AWS_REGION", "us-east-1");

      assertDeploys(environment);
      assertThat(services.asked()).contains("POST /");
    }
  }

  @Test
  void withoutCredentialsItSaysSoAndWhatWasTried() throws Exception {
    Cli.Result result = agent(environment(), "--retry=0");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains("no AWS credentials were found; tried the environment (AWS_ACCESS_KEY_ID)")
        .doesNotContain("\tat ", "Exception:");
    assertThat(app.dest()).doesNotExist();
  }

  private void assertDeploys(Map<String, String> environment) throws Exception {
    Cli.Result result = agent(environment);

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(app.dest().resolve("bin/run")).hasContent("from S3");
    assertThat(result.err()).doesNotContain(SECRET_KEY, "SLF4J", "WARN");
  }

  private static Cli.Result agent(Map<String, String> environment, String... flags)
      throws Exception {
    return Launcher.finish(
        Launcher.start(
            Launcher.path(), List.of(flags), "s3://" + BUCKET + "/app.yml\n", environment));
  }

  private Map<String, String> environment() {
    return new TreeMap<>(
        Map.of(
            "PATH",
            System.getenv("PATH"),
            "TMPDIR",
            directory.toString(),
            "AWS_ENDPOINT_URL_S3",
            server.endpoint().toString(),
            "AWS_EC2_METADATA_DISABLED",
            "true",
            "AWS_CONFIG_FILE",
            "/nonexistent",
            "AWS_SHARED_CREDENTIALS_FILE",
            "/nonexistent"));
  }

  private static S3Client client() {
    return S3Client.builder()
        .endpointOverride(server.endpoint())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
        .build();
  }
}
