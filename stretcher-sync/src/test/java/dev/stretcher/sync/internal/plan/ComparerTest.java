package dev.stretcher.sync.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.manifest.Comparison;
import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.FileMode;
import dev.stretcher.spi.SyncTarget.KnownContents;
import dev.stretcher.sync.internal.directory.DirectoryEntry;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Kind;
import dev.stretcher.sync.internal.directory.Privilege;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComparerTest {
  private static final Path NAME = Path.of("a");

  private final Comparer root = new Comparer(Comparison.QUICK, Privilege.ROOT, KnownContents.NONE);
  private final Comparer normal =
      new Comparer(Comparison.QUICK, Privilege.NORMAL, KnownContents.NONE);
  private final Comparer checksum =
      new Comparer(Comparison.CHECKSUM, Privilege.ROOT, KnownContents.NONE);

  private static FileState state(Kind kind, int mode, long second, int nano, int uid, int gid) {
    return new FileState(kind, mode, 4, second, nano, uid, gid, 1, 0);
  }

  private static FileState at(Kind kind, long second, int nano) {
    return state(kind, 0644, second, nano, 1, 1);
  }

  private static Comparer.Content content(Comparer comparer, FileState staged, FileState there) {
    return comparer.content(NAME, new DirectoryEntry(NAME, staged), there);
  }

  private static FileState owned(Kind kind, int mode, int uid, int gid) {
    return state(kind, mode, 9, 9, uid, gid);
  }

  @Test
  void aFileIsTheSameByItsSizeAndTheSecondOfItsTime() {
    FileState staged = at(Kind.FILE, 9, 9);
    assertThat(content(root, staged, at(Kind.FILE, 9, 8))).isEqualTo(Comparer.Content.SAME);
    assertThat(content(root, staged, at(Kind.FILE, 8, 9))).isEqualTo(Comparer.Content.DIFFERENT);
    assertThat(content(checksum, staged, at(Kind.FILE, 8, 9))).isEqualTo(Comparer.Content.UNKNOWN);
    FileState longer = new FileState(Kind.FILE, 0644, 5, 9, 9, 1, 1, 1, 0);
    assertThat(content(checksum, staged, longer)).isEqualTo(Comparer.Content.DIFFERENT);
  }

  @Test
  void aFileOfAnotherKindIsAnother() {
    assertThat(content(root, at(Kind.FILE, 9, 9), at(Kind.FIFO, 9, 9)))
        .isEqualTo(Comparer.Content.DIFFERENT);
    assertThat(content(root, at(Kind.FIFO, 9, 9), at(Kind.FIFO, 1, 1)))
        .isEqualTo(Comparer.Content.SAME);
    assertThat(content(root, at(Kind.SYMLINK, 9, 9), at(Kind.SYMLINK, 9, 9)))
        .isEqualTo(Comparer.Content.UNKNOWN);
  }

  @Test
  void aDeviceIsTheSameByItsNumber() {
    FileState one = new FileState(Kind.BLOCK_DEVICE, 0600, 0, 1, 1, 0, 0, 1, 0x0801);
    FileState same = new FileState(Kind.BLOCK_DEVICE, 0600, 0, 2, 2, 0, 0, 1, 0x0801);
    FileState other = new FileState(Kind.BLOCK_DEVICE, 0600, 0, 1, 1, 0, 0, 1, 0x0802);
    assertThat(content(root, one, same)).isEqualTo(Comparer.Content.SAME);
    assertThat(content(root, one, other)).isEqualTo(Comparer.Content.DIFFERENT);
  }

  @Test
  void fractionsOfASecondCountOnlyWhereContentsAreCompared() {
    FileState staged = at(Kind.FILE, 9, 9);
    FileState there = at(Kind.FILE, 9, 8);
    assertThat(root.sameAttributes(staged, there)).isTrue();
    assertThat(root.wanted(staged, there)).isEqualTo(there);
    assertThat(checksum.sameAttributes(staged, there)).isFalse();
    assertThat(checksum.wanted(staged, there)).isEqualTo(staged);
    assertThat(checksum.sameAttributes(at(Kind.DIRECTORY, 9, 9), at(Kind.DIRECTORY, 9, 8)))
        .isTrue();
    assertThat(root.wanted(staged, at(Kind.FILE, 8, 9))).isEqualTo(staged);
  }

  @Test
  void onlyRootCaresForTheOwnerAndAllForTheGroup() {
    FileState staged = owned(Kind.FILE, 0644, 1, 1);
    assertThat(root.sameAttributes(staged, owned(Kind.FILE, 0644, 2, 1))).isFalse();
    assertThat(normal.sameAttributes(staged, owned(Kind.FILE, 0644, 2, 1))).isTrue();
    assertThat(normal.sameAttributes(staged, owned(Kind.FILE, 0644, 1, 2))).isFalse();
  }

  @Test
  void theModeOfALinkDoesNotCount() {
    assertThat(
            root.sameAttributes(owned(Kind.SYMLINK, 0777, 1, 1), owned(Kind.SYMLINK, 0755, 1, 1)))
        .isTrue();
    assertThat(root.sameAttributes(owned(Kind.FIFO, 0777, 1, 1), owned(Kind.FIFO, 0755, 1, 1)))
        .isFalse();
  }

  /** A pipe must not be opened, so that only its owner can be changed where it is. */
  @Test
  void whatMustNotBeOpenedIsReplacedUnlessOnlyTheOwnerDiffers() {
    FileState pipe = owned(Kind.FIFO, 0644, 1, 1);
    assertThat(root.isAdjustable(pipe, owned(Kind.FIFO, 0644, 2, 2))).isTrue();
    assertThat(root.isAdjustable(pipe, owned(Kind.FIFO, 0600, 1, 1))).isFalse();
    assertThat(root.isAdjustable(at(Kind.FIFO, 9, 9), at(Kind.FIFO, 8, 9))).isFalse();
    assertThat(root.isAdjustable(at(Kind.SYMLINK, 9, 9), at(Kind.SYMLINK, 8, 9))).isFalse();
    assertThat(root.isAdjustable(at(Kind.FILE, 9, 9), at(Kind.FILE, 8, 9))).isTrue();
  }

  /** A new owner takes setuid and setgid away, and nothing could set them again. */
  @Test
  void aPipeWithSetuidIsReplacedIfItsOwnerDiffers() {
    FileState setuid = owned(Kind.FIFO, 04644, 1, 1);
    assertThat(root.isAdjustable(setuid, owned(Kind.FIFO, 04644, 2, 1))).isFalse();
    FileState link = owned(Kind.SYMLINK, 06777, 1, 1);
    assertThat(root.isAdjustable(link, owned(Kind.SYMLINK, 06777, 2, 1))).isTrue();
  }

  private static final Digest OURS = Digest.parse("sha256:" + "1".repeat(64));
  private static final Digest OTHER = Digest.parse("sha256:" + "2".repeat(64));

  private static FileState there(long second, int links) {
    return new FileState(Kind.FILE, 0644, 4, second, 0, 1, 1, links, 0);
  }

  private static Comparer.Content content(
      Comparison comparison, Optional<Digest> known, Optional<Digest> ours, FileState there) {
    Comparer comparer = new Comparer(comparison, Privilege.ROOT, (path, size, time) -> known);
    FileState leftOut =
        FileState.leftOut(Kind.FILE, new FileMode(0644), 4, Instant.ofEpochSecond(9, 9), 1, 1);
    return comparer.content(NAME, new DirectoryEntry(NAME, leftOut, ours), there);
  }

  private static Comparer.Content quick(
      Optional<Digest> known, Optional<Digest> ours, FileState there) {
    return content(Comparison.QUICK, known, ours, there);
  }

  @Test
  void aKnownContentIsThereWhateverTheTime() {
    assertThat(quick(Optional.of(OURS), Optional.of(OURS), there(9, 1)))
        .isEqualTo(Comparer.Content.SAME);
    assertThat(quick(Optional.of(OURS), Optional.of(OURS), there(1, 1)))
        .isEqualTo(Comparer.Content.SAME);
  }

  @Test
  void anotherKnownContentIsNotThereWhateverTheTime() {
    assertThat(quick(Optional.of(OTHER), Optional.of(OURS), there(9, 1)))
        .isEqualTo(Comparer.Content.DIFFERENT);
  }

  @Test
  void theTimeDecidesWhereOneDigestIsMissing() {
    for (Optional<Digest> known : List.of(Optional.<Digest>empty(), Optional.of(OTHER))) {
      Optional<Digest> ours = known.isPresent() ? Optional.empty() : Optional.of(OURS);
      assertThat(quick(known, ours, there(9, 1))).isEqualTo(Comparer.Content.SAME);
      assertThat(quick(known, ours, there(1, 1))).isEqualTo(Comparer.Content.DIFFERENT);
    }
  }

  @Test
  void whereContentsAreComparedNothingThatIsKnownCounts() {
    for (Digest known : List.of(OURS, OTHER)) {
      assertThat(content(Comparison.CHECKSUM, Optional.of(known), Optional.of(OURS), there(9, 1)))
          .isEqualTo(Comparer.Content.UNKNOWN);
    }
  }

  /** Names of one file have one time, which is that of a snapshot by hard links, too. */
  @Test
  void aFileOfSeveralNamesIsReplacedIfItNeedsAnotherTime() {
    assertThat(quick(Optional.of(OURS), Optional.of(OURS), there(1, 2)))
        .isEqualTo(Comparer.Content.DIFFERENT);
    assertThat(quick(Optional.of(OURS), Optional.of(OURS), there(9, 2)))
        .isEqualTo(Comparer.Content.SAME);
    assertThat(root.isAdjustable(there(9, 1), there(1, 2))).isFalse();
    assertThat(root.isAdjustable(there(9, 1), there(9, 2))).isTrue();
  }

  @Test
  void aTimeThatTheJdkCannotSetComesWithAStagedFile() {
    assertThat(root.isAdjustable(there(-1, 1), there(1, 1))).isFalse();
    assertThat(root.isAdjustable(there(Long.MAX_VALUE / 1_000_000_000, 1), there(1, 1))).isFalse();
  }

  @Test
  void whatIsStagedAlthoughItLooksTheSameIsComparedIfSomethingIsKnown() {
    Comparer knowing =
        new Comparer(Comparison.QUICK, Privilege.ROOT, (path, size, time) -> Optional.of(OURS));
    assertThat(content(knowing, there(9, 1), there(9, 1))).isEqualTo(Comparer.Content.UNKNOWN);
    assertThat(content(knowing, there(9, 1), there(1, 1))).isEqualTo(Comparer.Content.DIFFERENT);
  }
}
