package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.option.OnBusy;
import dev.stretcher.option.Settings;
import dev.stretcher.report.StretcherException.Busy;
import dev.stretcher.spi.Hook;
import dev.stretcher.spi.HookRunner;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncReport;
import dev.stretcher.spi.SyncTarget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deploys by random names, whose commands let random links lead elsewhere. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinkedDestStressTest extends LinkedDestFixture {
  private static final int THREADS = 3;
  private static final int DEPLOYS = 6;
  private static final List<String> DESTS =
      List.of("current", "current", "current", "chain", "other", "releases/1", "releases/2");

  private final long seed = Long.getLong("stretcher.seed", System.nanoTime());
  private final Set<Path> inUse = ConcurrentHashMap.newKeySet();
  private final List<String> overlaps = new ArrayList<>();

  /** One deploy, which holds its name and the place that it syncs to. */
  private final class Deploy extends NoSyncer implements HookRunner {
    private final Random random;
    private final Path named;
    private final Set<Path> mine = ConcurrentHashMap.newKeySet();

    Deploy(Random random, Path named) {
      this.random = random;
      this.named = named;
    }

    private void enter(Path path) {
      if (!mine.contains(path)) {
        if (!inUse.add(path)) {
          note(path + " is in use");
        }
        mine.add(path);
      }
    }

    @Override
    public SyncReport sync(StagedTree tree, SyncTarget target) throws IOException {
      enter(named);
      enter(named.toRealPath());
      return SyncReport.of("nothing");
    }

    @Override
    public int run(Hook hook) throws IOException, InterruptedException {
      if (hook.phase() == Hook.Phase.PRE || hook.phase() == Hook.Phase.POST) {
        enter(named);
        if (Files.isSymbolicLink(named)) {
          flip();
        }
        // What a command does takes some time, in which others may come.
        TimeUnit.MILLISECONDS.sleep(random.nextInt(100));
      }
      if (hook.command().equals("leave")) {
        inUse.removeAll(mine);
      }
      return 0;
    }

    /** Lets its own link lead elsewhere, in most cases. */
    private void flip() throws IOException {
      String target = named.endsWith("chain") ? "current" : "releases/" + (1 + random.nextInt(3));
      Path fresh = Files.createTempFile(directory, "fresh", "");
      Files.delete(fresh);
      Files.createSymbolicLink(fresh, Path.of(target));
      Files.move(fresh, named, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private synchronized void note(String what) {
    overlaps.add(what);
  }

  private Object deployMany(int thread) throws Exception {
    Random random = new Random(seed + thread);
    for (int i = 0; i < DEPLOYS; i++) {
      int chosen = random.nextInt(DESTS.size());
      Deploy deploy = new Deploy(random, directory.resolve(DESTS.get(chosen)));
      OnBusy mode = OnBusy.values()[random.nextInt(2)];
      try (Stretcher stretcher =
          builder()
              .options(options().with(Settings.ON_BUSY, mode))
              .syncer(deploy)
              .hookRunner(deploy)
              .build()) {
        stretcher.deploy(URI.create("mem:/" + (chosen + 1) + ".yml"));
      } catch (Busy e) {
        // One of two that moved to each other's place.
        assertThat(e).hasMessageContaining("made to lead to where");
      } finally {
        inUse.removeAll(deploy.mine);
      }
    }
    return "done";
  }

  @Test
  void neverOverlapAndNeverWaitForEachOtherForEver() throws Exception {
    link("other", "releases/2");
    link("chain", "current");
    DESTS.forEach(dest -> manifest(dest, "pre: [enter], post: [turn, leave]"));
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<Object>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      running.add(threads.submit(() -> deployMany(thread)));
    }
    threads.shutdown();
    for (Future<Object> each : running) {
      assertThat(each.get(120, TimeUnit.SECONDS)).as("stretcher.seed=" + seed).isEqualTo("done");
    }
    assertThat(overlaps).as("stretcher.seed=" + seed).isEmpty();
  }
}
