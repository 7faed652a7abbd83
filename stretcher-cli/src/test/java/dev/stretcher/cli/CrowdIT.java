package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import dev.stretcher.testing.Nginx;
import dev.stretcher.testing.S3Server;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A fleet that fetches from one server within the same second. */
class CrowdIT {
  private static final int AGENTS = 50;
  private static final int BYTES = 1_000_000;

  @TempDir private Path directory;

  @Test
  void allAgentsHaveTheApplication() throws Exception {
    Tools.require("nginx");
    try (Nginx nginx = Nginx.start(directory.resolve("nginx"))) {
      TestApp app = pack(nginx.documents());
      String server = serve(app, nginx);

      List<Cli.Result> results = deploy(server, List.of());

      assertThat(results).as(results.get(0).err()).extracting(Cli.Result::exitCode).containsOnly(0);
      assertSame(app);
    }
  }

  private void assertSame(TestApp app) {
    for (int i = 0; i < AGENTS; i++) {
      assertThat(dest(i).resolve("data")).hasSameBinaryContentAs(app.dest().resolve("data"));
    }
  }

  @Test
  void limitsKeepTheLoadDown() throws Exception {
    Tools.require("nginx");
    try (Nginx nginx = Nginx.start(directory.resolve("nginx"))) {
      TestApp app = pack(nginx.documents());
      String server = serve(app, nginx);
      long start = System.nanoTime();

      List<Cli.Result> results =
          deploy(server, List.of("--random-delay=500ms", "--max-band-width=400k"));

      assertThat(results).extracting(Cli.Result::exitCode).containsOnly(0);
      // A megabyte, which does not compress, at 400 kB/s.
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThan(Duration.ofMillis(2_300));
    }
  }

  @Test
  void allAgentsHaveTheApplicationFromS3() throws Exception {
    Path buckets = Files.createDirectory(directory.resolve("s3"));
    try (S3Server s3 = S3Server.start(buckets, "AKIATEST", "s3cret-key")) {
      Map<String, String> aws =
          Map.of(
              "aws.endpointUrlS3", s3.endpoint().toString(),
              "aws.accessKeyId", "AKIATEST",
              "aws.secretAccessKey", "s3cret-key",
              "aws.region", "us-east-1");
      aws.forEach(System::setProperty);
      try {
        TestApp app = pack(Files.createDirectory(directory.resolve("www")));
        upload(app);

        List<Cli.Result> results = deploy("s3://crowd/", List.of());

        assertThat(results).extracting(Cli.Result::exitCode).containsOnly(0);
        assertSame(app);
      } finally {
        aws.keySet().forEach(System::clearProperty);
      }
    }
  }

  private void upload(TestApp app) throws IOException {
    try (S3Client client = S3Client.create()) {
      client.createBucket(b -> b.bucket("crowd"));
      client.putObject(o -> o.bucket("crowd").key("app.tar.gz"), app.archive());
      for (int i = 0; i < AGENTS; i++) {
        String name = "app-" + i + ".yml";
        String manifest = manifest(app, "s3://crowd/", i);
        client.putObject(o -> o.bucket("crowd").key(name), RequestBody.fromString(manifest));
      }
    }
  }

  private TestApp pack(Path documents) throws IOException {
    byte[] random = new byte[BYTES * 3 / 4];
    new Random(1).nextBytes(random);
    String data = Base64.getEncoder().encodeToString(random);
    TestApp app = new TestApp(directory).file("data", data).pack();
    Files.createDirectories(app.dest());
    Files.writeString(app.dest().resolve("data"), data);
    Files.copy(app.archive(), documents.resolve("app.tar.gz"));
    return app;
  }

  /** Writes a manifest for each agent; returns where they are. */
  private String serve(TestApp app, Nginx nginx) throws IOException {
    String server = nginx.url("");
    for (int i = 0; i < AGENTS; i++) {
      Files.writeString(nginx.documents().resolve("app-" + i + ".yml"), manifest(app, server, i));
    }
    return server;
  }

  private List<Cli.Result> deploy(String server, List<String> flags) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AGENTS);
    try {
      List<CompletableFuture<Cli.Result>> running = new ArrayList<>();
      for (int i = 0; i < AGENTS; i++) {
        URI manifest = URI.create(server + "app-" + i + ".yml");
        running.add(CompletableFuture.supplyAsync(() -> agent(manifest, flags), threads));
      }
      return running.stream().map(CompletableFuture::join).toList();
    } finally {
      threads.shutdown();
    }
  }

  private String manifest(TestApp app, String server, int number) throws IOException {
    Files.createDirectories(dest(number).getParent());
    return "src: %sapp.tar.gz\nchecksum: %s\ndest: %s\n"
        .formatted(server, app.sha256(), dest(number));
  }

  private Path dest(int number) {
    return directory.resolve("host-" + number).resolve("app");
  }

  private Cli.Result agent(URI manifest, List<String> flags) {
    return Cli.launch(
        flags,
        new ByteArrayInputStream(manifest.toString().getBytes(StandardCharsets.UTF_8)),
        Map.of(
            "PATH", System.getenv("PATH"),
            "TMPDIR", directory.toString(),
            "XDG_STATE_HOME", directory.resolve("state").toString()));
  }
}
