package dev.stretcher.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stretcher.contract.SyncerContract;
import dev.stretcher.contract.Tools;
import dev.stretcher.manifest.Comparison;
import dev.stretcher.manifest.RuleKeys;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.Syncer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RsyncSyncerTest extends SyncerContract {
  @TempDir private Path directory;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void requireRsync() {
    Tools.require("rsync");
  }

  @Override
  protected Syncer syncer() {
    return new RsyncSyncer();
  }

  @Override
  protected Set<Capability> capabilities() {
    return Set.of(Capability.UPDATE, Capability.EXCLUDES);
  }

  @Test
  void runsRsyncWithTheDocumentedArguments() throws Exception {
    Path root = tree();
    Path dest = directory.resolve("dest");

    sync(root, dest, 2, List.of("*.pid", "a b"), Optional.of(Path.of("f")));

    assertThat(lines.get(0))
        .isEqualTo(
            "rsync [-a --delete -vv --exclude-from %s/f --exclude *.pid --exclude a b -- %s/ %s/]"
                .formatted(root, root, dest));
    assertThat(lines).contains("f");
  }

  @Test
  void findsAChangeThatKeptSizeAndTimeIfContentsAreCompared() throws Exception {
    Path root = tree();
    Path dest = Files.createDirectory(directory.resolve("dest"));
    FileTime time = FileTime.from(Instant.parse("2014-11-17T11:22:33Z"));
    Files.setLastModifiedTime(Files.writeString(root.resolve("f"), "new"), time);
    Files.setLastModifiedTime(Files.writeString(dest.resolve("f"), "old"), time);

    sync(root, dest, 1, SyncRules.DEFAULT);
    assertThat(dest.resolve("f")).hasContent("old");
    sync(root, dest, 1, SyncRules.excluding(List.of("*.pid")).withComparison(Comparison.CHECKSUM));

    assertThat(dest.resolve("f")).hasContent("new");
    assertThat(lines)
        .contains(
            "rsync [-a --delete -v --checksum --exclude *.pid -- %s/ %s/]".formatted(root, dest));
  }

  @Test
  void refusesALimitOfDeletions() throws IOException {
    SyncTarget target =
        new SyncTarget(
            directory.resolve("dest"), SyncRules.DEFAULT.withMaxDelete(3), 1, lines::add);

    assertThat(new RsyncSyncer().unsupported(target.rules())).containsExactly(RuleKeys.MAX_DELETE);
    assertThatThrownBy(() -> new RsyncSyncer().sync(new StagedTree(tree()), target))
        .hasMessageContaining("max_delete");
    assertThat(target.dest()).doesNotExist();
  }

  @Test
  void saysNothingOfFilesWithoutVerbosity() throws Exception {
    sync(tree(), directory.resolve("dest"), 0, List.of(), Optional.empty());

    assertThat(lines).singleElement().asString().startsWith("rsync [-a --delete -- ");
  }

  @Test
  void explainsTheExitStatusAndRepeatsWhatRsyncSaid() throws IOException {
    Path root = tree();
    Path dest = Files.writeString(directory.resolve("dest"), "a file");

    assertThatThrownBy(() -> sync(root, dest, 1, List.of(), Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("rsync exit \\d+: errors? .*; rsync: .*dest.*; check .*");
    assertThat(lines).anyMatch(line -> line.contains("rsync error:"));
  }

  @Test
  void repeatsOnlyTheLastErrorsAndShortensThem() throws IOException {
    Path fake =
        fake(
            "for i in 1 2 3 4 5; do echo \"rsync: [generator] error $i: "
                + "x".repeat(1000)
                + "\"; echo file$i; done; exit 23");

    assertThatThrownBy(() -> syncWith(fake))
        .hasMessageStartingWith("rsync exit 23: partial transfer due to error; rsync: [generator]")
        .hasMessageEndingWith("; correct that, often permissions or a full disk")
        .message()
        .contains("error 3", "error 4", "error 5")
        .doesNotContain("error 2", "file5")
        .hasSizeLessThan(1200);
    assertThat(lines).contains("file1", "file5");
  }

  @Test
  void namesTheSignalThatKilledRsync() throws IOException {
    Path fake = fake("kill -KILL $$");

    assertThatThrownBy(() -> syncWith(fake)).hasMessageContaining("killed by signal 9");
  }

  @Test
  void hidesVariablesThatChangeWhatRsyncDoes() throws Exception {
    Path fake = fake("env");

    new RsyncSyncer(
            Map.of(
                "PATH",
                path(fake),
                "RSYNC_ICONV",
                "utf8,latin1",
                "RSYNC_MAX_ALLOC",
                "2g",
                "A",
                "b"))
        .sync(new StagedTree(tree()), target(lines::add));

    assertThat(lines).contains("A=b", "RSYNC_MAX_ALLOC=2g").noneMatch(l -> l.contains("ICONV"));
  }

  @Test
  void endsRsyncWithItsChildrenWhenInterrupted() throws Exception {
    Path fake = fake("sleep 1000 & echo children $$ $!; wait");
    CompletableFuture<String> started = new CompletableFuture<>();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    SyncTarget target =
        target(
            line ->
                Optional.of(line)
                    .filter(l -> l.startsWith("children "))
                    .ifPresent(started::complete));
    StagedTree tree = new StagedTree(tree());
    Thread thread =
        new Thread(
            () -> {
              try {
                new RsyncSyncer(Map.of("PATH", path(fake))).sync(tree, target);
                interrupted.complete(false);
              } catch (InterruptedException e) {
                interrupted.complete(true);
              } catch (IOException e) {
                interrupted.completeExceptionally(e);
              }
            });
    thread.start();
    String[] children = started.get(20, TimeUnit.SECONDS).split(" ");

    thread.interrupt();

    assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
    assertThat(isRunning(children[1])).isFalse();
    assertThat(isRunning(children[2])).isFalse();
  }

  // A process that nobody waits for stays a zombie in containers whose first process does not.
  private static boolean isRunning(String pid) throws IOException {
    Path stat = Path.of("/proc", pid, "stat");
    try {
      return !Files.readString(stat).matches("(?s)\\d+ \\(.*\\) [ZX] .*");
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  @Test
  void saysHowToGetRsyncIfItIsMissing() throws IOException {
    SyncTarget target = target(line -> {});

    assertThatThrownBy(() -> new RsyncSyncer(Map.of("PATH", directory.toString())).check(target))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("rsync is not in PATH (" + directory)
        .hasMessageContaining("install it")
        .hasMessageContaining("sync_strategy: tree");
    assertThat(catchThrowable(() -> new RsyncSyncer().check(target))).isNull();
  }

  /** Creates a program named rsync in a directory of its own, and returns the directory. */
  private Path fake(String script) throws IOException {
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Path program = Files.writeString(bin.resolve("rsync"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return bin;
  }

  private static String path(Path bin) {
    return bin + ":" + System.getenv("PATH");
  }

  private void syncWith(Path fake) throws IOException, InterruptedException {
    new RsyncSyncer(Map.of("PATH", path(fake))).sync(new StagedTree(tree()), target(lines::add));
  }

  private SyncTarget target(Consumer<String> output) {
    return new SyncTarget(directory.resolve("dest"), SyncRules.DEFAULT, 1, output);
  }

  private Path tree() throws IOException {
    Path root = Files.createDirectories(directory.resolve("staging/root"));
    Files.writeString(root.resolve("f"), "");
    return root;
  }

  private void sync(
      Path root, Path dest, int verbosity, List<String> excludes, Optional<Path> excludeFrom)
      throws IOException, InterruptedException {
    SyncRules rules = SyncRules.excluding(excludes);
    sync(root, dest, verbosity, excludeFrom.map(rules::withExcludeFrom).orElse(rules));
  }

  private void sync(Path root, Path dest, int verbosity, SyncRules rules)
      throws IOException, InterruptedException {
    new RsyncSyncer()
        .sync(new StagedTree(root), new SyncTarget(dest, rules, verbosity, lines::add));
  }
}
