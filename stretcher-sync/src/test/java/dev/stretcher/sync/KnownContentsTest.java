package dev.stretcher.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.manifest.Comparison;
import dev.stretcher.manifest.FileMode;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.Entry;
import dev.stretcher.spi.EntryType;
import dev.stretcher.spi.OmittedFiles;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.SyncTarget.KnownContents;
import dev.stretcher.sync.internal.tree.KnownFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dest of which it is known what it has, and an archive that says its digests. */
class KnownContentsTest {
  private static final Path ROOT = Path.of("");
  private static final Path F = Path.of("d/f");
  private static final Instant THEN = Instant.parse("2014-11-17T11:22:33Z");
  private static final Instant NOW = Instant.parse("2026-11-17T11:22:33.123456789Z");

  @TempDir private Path directory;
  private final TreeSyncer syncer = new TreeSyncer();
  private Path root;
  private Path dest;
  private Path file;
  private Path archived;

  @BeforeEach
  void createRoots() throws IOException {
    root = Files.createDirectories(directory.resolve("staging/root"));
    dest = Files.createDirectory(directory.resolve("dest"));
    file = write(dest.resolve(F), "content", THEN);
    archived = directory.resolve("archived");
  }

  private static Path write(Path file, String content, Instant modified) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(modified));
    return file;
  }

  private SyncTarget target(Comparison comparison, KnownContents known) {
    SyncRules rules = SyncRules.DEFAULT.withComparison(comparison);
    return new SyncTarget(dest, rules, 0, line -> {}).withKnown(known);
  }

  /** Returns whether the content is needed that {@link #archived} has. */
  private boolean needs(SyncTarget target) throws IOException {
    ContentFilter filter = syncer.needed(target);
    return filter.needs(
        new Entry(
            F,
            EntryType.FILE,
            new FileMode(0640),
            Files.size(archived),
            Files.getLastModifiedTime(archived).toInstant(),
            Optional.empty(),
            Optional.of(KnownFiles.digest(archived))));
  }

  /** The file and its directory, left out and, if they are wanted after all, staged. */
  private final class All implements OmittedFiles {
    final List<Path> staged = new ArrayList<>();

    @Override
    public boolean isEmpty() {
      return false;
    }

    @Override
    public Collection<OmittedFile> in(Path in) {
      if (!in.equals(F.getParent()) || Files.exists(root.resolve(F))) {
        return List.of();
      }
      try {
        return List.of(
            new OmittedFile(
                F.getFileName(),
                new FileMode(0640),
                Files.size(archived),
                Files.getLastModifiedTime(archived).toInstant(),
                id("uid"),
                id("gid"),
                Optional.of(KnownFiles.digest(archived))));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public Collection<OmittedDirectory> directories(Path in) {
      if (!in.equals(ROOT) || Files.exists(root.resolve(F.getParent()))) {
        return List.of();
      }
      return List.of(
          new OmittedDirectory(F.getParent(), new FileMode(0755), THEN, id("uid"), id("gid")));
    }

    private int id(String kind) {
      try {
        return (Integer) Files.getAttribute(archived, "unix:" + kind);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void stage(Collection<Path> files) throws IOException {
      staged.addAll(files);
      Files.createDirectories(root.resolve(F.getParent()));
      if (files.contains(F)) {
        Files.move(archived, root.resolve(F));
        Files.setAttribute(root.resolve(F), "unix:mode", 0640);
      }
      Files.setLastModifiedTime(root.resolve(F.getParent()), FileTime.from(THEN));
    }

    @Override
    public void stageAll() throws IOException {
      stage(List.of(F));
    }
  }

  private All sync(SyncTarget target) throws Exception {
    All leftOut = new All();
    syncer.sync(new StagedTree(root, leftOut), target);
    return leftOut;
  }

  @Test
  void aContentThatDestIsKnownToHaveGetsItsTimeAndModeInPlace() throws Exception {
    write(archived, "content", NOW);
    Object inode = Files.getAttribute(file, "unix:ino");
    SyncTarget target = target(Comparison.QUICK, KnownFiles.of(dest));

    assertThat(needs(target)).isFalse();
    assertThat(sync(target).staged).isEmpty();

    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
    assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(NOW);
    assertThat((Integer) Files.getAttribute(file, "unix:mode") & 07777).isEqualTo(0640);
    assertThat(Files.getLastModifiedTime(file.getParent()).toInstant()).isEqualTo(THEN);
  }

  @Test
  void anotherContentOfTheSameSizeAndTimeIsNeeded() throws Exception {
    write(archived, "CONTENT", THEN);
    SyncTarget target = target(Comparison.QUICK, KnownFiles.of(dest));

    assertThat(needs(target)).isTrue();
    assertThat(sync(target).staged).contains(F);
    assertThat(file).hasContent("CONTENT");
  }

  /** As the engine does it, which asks the filter and then stages the file. */
  @Test
  void anotherContentOfTheSameSizeAndTimeThatIsStagedIsPutIntoItsPlace() throws Exception {
    SyncTarget target = target(Comparison.QUICK, KnownFiles.of(dest));
    write(root.resolve(F), "CONTENT", THEN);

    syncer.sync(new StagedTree(root), target);

    assertThat(file).hasContent("CONTENT");
  }

  @Test
  void whereNothingIsKnownTheQuickCheckDecides() throws Exception {
    write(archived, "CONTENT", THEN);
    assertThat(needs(target(Comparison.QUICK, KnownContents.NONE))).isFalse();
    write(archived, "content", NOW);
    assertThat(needs(target(Comparison.QUICK, KnownContents.NONE))).isTrue();
  }

  @Test
  void aComparisonOfContentsNeedsNoneThatDestHas() throws Exception {
    write(archived, "content", NOW);
    SyncTarget target = target(Comparison.CHECKSUM, KnownContents.NONE);

    assertThat(needs(target)).isFalse();
    assertThat(sync(target).staged).isEmpty();
    assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(NOW);
  }

  @Test
  void aComparisonOfContentsFindsWhatWasTamperedWith() throws Exception {
    KnownFiles known = KnownFiles.of(dest);
    write(file, "tampers", THEN);
    write(archived, "content", THEN);
    SyncTarget target = target(Comparison.CHECKSUM, known);

    assertThat(needs(target)).isTrue();
    assertThat(sync(target).staged).contains(F);
    assertThat(file).hasContent("content");
  }

  @Test
  void whatChangesBetweenTheQuestionAndTheSyncIsStagedAfterAll() throws Exception {
    write(archived, "content", NOW);
    SyncTarget target = target(Comparison.QUICK, KnownFiles.of(dest));
    assertThat(needs(target)).isFalse();

    write(file, "by hand", Instant.parse("2020-01-01T00:00:00Z"));

    assertThat(sync(target).staged).contains(F);
    assertThat(file).hasContent("content");
  }

  @Test
  void aDirectoryThatGoesBetweenTheQuestionAndTheSyncIsStagedAfterAll() throws Exception {
    write(archived, "content", THEN);
    SyncTarget target = target(Comparison.QUICK, KnownFiles.of(dest));
    assertThat(needs(target)).isFalse();
    Files.delete(file);
    Files.delete(file.getParent());

    assertThat(sync(target).staged).contains(F.getParent(), F);
    assertThat(file).hasContent("content");
    assertThat(Files.getLastModifiedTime(file.getParent()).toInstant()).isEqualTo(THEN);
  }

  /** A copy of dest by hard links keeps its times, as it does when files are replaced. */
  @Test
  void aFileOfSeveralNamesIsReplaced() throws Exception {
    Path snapshot = Files.createLink(directory.resolve("snapshot"), file);
    write(archived, "content", NOW);
    for (Comparison comparison : Comparison.values()) {
      assertThat(needs(target(comparison, KnownFiles.of(dest)))).isTrue();
    }

    assertThat(sync(target(Comparison.QUICK, KnownFiles.of(dest))).staged).contains(F);

    assertThat(Files.getLastModifiedTime(file).toInstant()).isEqualTo(NOW);
    assertThat(Files.getLastModifiedTime(snapshot).toInstant()).isEqualTo(THEN);
  }

  @Test
  void directoriesThatDestHasAreNotNeeded() throws Exception {
    Files.createSymbolicLink(dest.resolve("link"), Path.of("d"));
    ContentFilter filter = syncer.needed(target(Comparison.QUICK, KnownContents.NONE));
    assertThat(filter.needsDirectory(directory("d"))).isFalse();
    for (String other : List.of("d/f", "link", "link/x", "new")) {
      assertThat(filter.needsDirectory(directory(other))).as(other).isTrue();
    }
  }

  @Test
  void excludedDirectoriesAreNotNeededUnlessTheArchiveHasMorePatterns() throws Exception {
    SyncRules rules = SyncRules.excluding(List.of("log/"));
    for (SyncRules each : List.of(rules, rules.withExcludeFrom(Path.of("patterns")))) {
      SyncTarget target = new SyncTarget(dest, each, 0, line -> {});
      boolean more = each.excludeFrom().isPresent();
      assertThat(syncer.needed(target).needsDirectory(directory("log"))).isEqualTo(more);
      assertThat(syncer.needed(target).needsDirectory(directory("log/x"))).isEqualTo(more);
    }
  }

  private static Entry directory(String path) {
    return new Entry(
        Path.of(path), EntryType.DIRECTORY, new FileMode(0755), 0, THEN, Optional.empty());
  }

  @Test
  void whatChangesInPlaceIsBroughtToDisk() throws Exception {
    write(archived, "content", NOW);
    write(dest.resolve("d/gone"), "x", THEN);
    List<Path> flushed = new ArrayList<>();
    SyncTarget.Disk disk =
        new SyncTarget.Disk() {
          @Override
          public void flush(Path tree) {}

          @Override
          public void flushNames(Path names) {}

          @Override
          public void flushChanged(Path in, Collection<Path> names) {
            assertThat(in).isEqualTo(dest);
            flushed.addAll(names);
          }
        };

    sync(target(Comparison.QUICK, KnownFiles.of(dest)).withDisk(disk));

    assertThat(flushed).containsExactlyInAnyOrder(F, F.getParent());
  }
}
