package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;

/**
 * SIGKILL at the packaged launcher while it fetches by a table of contents: dest is as it was, and
 * the next deploy finishes the job and leaves nothing behind. The seed is printed, and taken from
 * {@code -Dstretcher.seed}.
 */
class KilledRangesIT extends TocFixture {
  private static final int KILLS = Integer.getInteger("stretcher.kills", 2);
  private static final long SEED = Long.getLong("stretcher.seed", System.nanoTime());
  private static final List<String> MARKS = List.of("Loading URL http", "Done");
  private static final long TRANSFER = TimeUnit.MILLISECONDS.toNanos(400);

  @Test
  void destIsAsItWasAndTheNextDeployConverges() throws Exception {
    System.out.println("stretcher.seed=" + SEED);
    Random random = new Random(SEED);
    nextVersion();
    Map<String, String> before = described(app.dest());
    server.answer(asked -> asked.isMiddle() ? Optional.of(slow(asked.range())) : Optional.empty());
    int killed = 0;

    for (int i = 0; i < KILLS; i++) {
      WatchedDeploy deploy =
          new WatchedDeploy(
              Launcher.start(
                  Launcher.path(), List.of(), app.write(manifest()).toString(), environment()),
              MARKS);
      deploy.await(0);
      killed += deploy.killAfter(random.nextLong(TRANSFER)) ? 1 : 0;
      assertThat(described(app.dest())).isEqualTo(before);
      assertThat(verify()).isZero();
    }

    assertThat(killed).isEqualTo(KILLS);
    server.answer(asked -> Optional.empty());
    Cli.Result result = deploy();
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertDestIsTheTree();
    assertThat(result.err()).contains("files are in dest");
  }

  /** Takes some seconds for the 200,000 bytes of the large file that has changed. */
  private MockResponse slow(String range) {
    String[] ends = range.substring("bytes=".length()).split("-");
    return server
        .part(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]))
        .newBuilder()
        .throttleBody(5_000, 100, TimeUnit.MILLISECONDS)
        .build();
  }
}
