package dev.stretcher.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.Syncer;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Someone swaps the staged tree and dest for links, again and again, while they are synced. */
class SwapRaceTest {
  private static final int FILES = 20;

  @TempDir private Path directory;
  private Path outside;
  private Random random;

  @BeforeEach
  void makeWhatMustStay() throws IOException {
    outside = Files.createDirectory(directory.resolve("outside"));
    fill(outside, "precious");
    long seed = Long.getLong("stretcher.seed", System.currentTimeMillis());
    System.out.println("stretcher.seed=" + seed);
    random = new Random(seed);
  }

  @Test
  void treeChangesNothingButDest() throws Exception {
    for (int round = 0; round < 25; round++) {
      race(new TreeSyncer(), round, true);
    }
  }

  @Test
  void treeMakesNoLinkOfADestThatIsNew() throws Exception {
    for (int round = 0; round < 25; round++) {
      race(new TreeSyncer(), round, false);
    }
  }

  @Test
  void mvMakesNoLinkOfDest() throws Exception {
    for (int round = 0; round < 25; round++) {
      race(new MvSyncer(), round, false);
    }
  }

  @Test
  void rsyncChangesNothingButDest() throws Exception {
    Tools.require("rsync");
    for (int round = 0; round < 5; round++) {
      race(new RsyncSyncer(), round, true);
    }
  }

  private void race(Syncer syncer, int round, boolean exists) throws Exception {
    Path work = Files.createDirectory(directory.resolve("round" + round));
    Path staged = Files.createDirectories(work.resolve("staging/root"));
    fill(staged, "new");
    Path dest = work.resolve("dest");
    if (exists) {
      fill(Files.createDirectory(dest), "old");
    }
    StagedTree tree = new StagedTree(staged);
    SyncTarget target = new SyncTarget(dest, SyncRules.DEFAULT, 0, line -> {});

    boolean synced = false;
    List<Path> swapped = exists ? List.of(staged, dest) : List.of(staged);
    try (Swapper swapper = new Swapper(swapped, random.nextLong())) {
      syncer.sync(tree, target);
      synced = true;
    } catch (IOException e) {
      assertThat(e.getMessage()).isNotBlank();
    }

    assertThat(outside.toFile().list()).as("round %d", round).hasSize(FILES);
    for (int i = 0; i < FILES; i++) {
      assertThat(outside.resolve("precious" + i)).hasContent("precious");
    }
    if (synced && !exists) {
      assertThat(dest).as("round %d", round).isDirectory();
      assertThat(Files.isSymbolicLink(dest)).isFalse();
      assertThat(dest.resolve("new0")).hasContent("new");
    }
  }

  private static void fill(Path directory, String name) throws IOException {
    for (int i = 0; i < FILES; i++) {
      Files.writeString(directory.resolve(name + i), name);
    }
  }

  /** Swaps directories for links and back until it is closed. */
  private final class Swapper implements AutoCloseable {
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Thread thread;

    Swapper(List<Path> paths, long seed) {
      Random pauses = new Random(seed);
      thread =
          new Thread(
              () -> {
                while (!ended.get()) {
                  Path path = paths.get(pauses.nextInt(paths.size()));
                  // So that some syncs find nothing amiss when they look.
                  LockSupport.parkNanos(pauses.nextInt(2_000_000));
                  swap(path, pauses.nextInt(500_000));
                }
              });
      thread.start();
    }

    private void swap(Path path, long nanos) {
      Path aside = path.resolveSibling("aside");
      try {
        Files.move(path, aside);
        Files.createSymbolicLink(path, outside);
        LockSupport.parkNanos(nanos);
        if (Files.isSymbolicLink(path)) {
          Files.delete(path);
        }
        Files.move(aside, path);
      } catch (FileSystemException e) {
        // The sync was faster.
        LockSupport.parkNanos(nanos);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws InterruptedException {
      ended.set(true);
      thread.join();
    }
  }
}
