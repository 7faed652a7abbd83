package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import dev.stretcher.testing.Nginx;
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

/** A fleet that fetches from one server within the same second. */
class CrowdIT {
  private static final int AGENTS = 50;
  private static final int BYTES = 1_000_000;

  @TempDir private Path directory;

  @Test
  void allAgentsHaveTheApplication() throws Exception {
    Tools.require("nginx");
    try (Nginx nginx = Nginx.start(directory.resolve("nginx"))) {
      TestApp app = pack(nginx);

      List<Cli.Result> results = deploy(app, nginx, List.of());

      assertThat(results).as(results.get(0).err()).extracting(Cli.Result::exitCode).containsOnly(0);
      for (int i = 0; i < AGENTS; i++) {
        assertThat(dest(i).resolve("data")).hasSameBinaryContentAs(app.dest().resolve("data"));
      }
    }
  }

  @Test
  void limitsKeepTheLoadDown() throws Exception {
    Tools.require("nginx");
    try (Nginx nginx = Nginx.start(directory.resolve("nginx"))) {
      TestApp app = pack(nginx);
      long start = System.nanoTime();

      List<Cli.Result> results =
          deploy(app, nginx, List.of("--random-delay=500ms", "--max-band-width=400k"));

      assertThat(results).extracting(Cli.Result::exitCode).containsOnly(0);
      // A megabyte, which does not compress, at 400 kB/s.
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThan(Duration.ofMillis(2_300));
    }
  }

  private TestApp pack(Nginx nginx) throws IOException {
    byte[] random = new byte[BYTES * 3 / 4];
    new Random(1).nextBytes(random);
    String data = Base64.getEncoder().encodeToString(random);
    TestApp app = new TestApp(directory).file("data", data).pack();
    Files.createDirectories(app.dest());
    Files.writeString(app.dest().resolve("data"), data);
    Files.copy(app.archive(), nginx.documents().resolve("app.tar.gz"));
    return app;
  }

  private List<Cli.Result> deploy(TestApp app, Nginx nginx, List<String> flags) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AGENTS);
    try {
      List<CompletableFuture<Cli.Result>> running = new ArrayList<>();
      for (int i = 0; i < AGENTS; i++) {
        URI manifest = manifest(app, nginx, i);
        running.add(CompletableFuture.supplyAsync(() -> agent(manifest, flags), threads));
      }
      return running.stream().map(CompletableFuture::join).toList();
    } finally {
      threads.shutdown();
    }
  }

  private URI manifest(TestApp app, Nginx nginx, int number) throws IOException {
    Files.createDirectories(dest(number).getParent());
    String name = "app-" + number + ".yml";
    String server = "http://127.0.0.1:" + nginx.port() + "/";
    Files.writeString(
        nginx.documents().resolve(name),
        "src: %sapp.tar.gz\nchecksum: %s\ndest: %s\n"
            .formatted(server, app.sha256(), dest(number)));
    return URI.create(server + name);
  }

  private Path dest(int number) {
    return directory.resolve("host-" + number).resolve("app");
  }

  private Cli.Result agent(URI manifest, List<String> flags) {
    return Cli.launch(
        flags,
        new ByteArrayInputStream(manifest.toString().getBytes(StandardCharsets.UTF_8)),
        Map.of("PATH", System.getenv("PATH"), "TMPDIR", directory.toString()));
  }
}
