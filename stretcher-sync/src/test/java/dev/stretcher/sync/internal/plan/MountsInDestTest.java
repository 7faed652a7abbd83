package dev.stretcher.sync.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.manifest.Comparison;
import dev.stretcher.manifest.FileMode;
import dev.stretcher.spi.OmittedFiles;
import dev.stretcher.spi.OmittedFiles.OmittedFile;
import dev.stretcher.spi.StagedTree;
import dev.stretcher.spi.SyncTarget.KnownContents;
import dev.stretcher.sync.internal.directory.Privilege;
import dev.stretcher.sync.internal.filter.FilterRules;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be mounted in a dest that is synced. */
class MountsInDestTest {
  private static final Instant THEN = Instant.parse("2014-11-17T11:22:33Z");
  private static final String DIRECTORY =
      "it is a mount point in dest, and the archive has nothing";
  private static final String FILE = "it is a file that is mounted in dest";

  @TempDir private Path directory;
  private final List<Path> mounted = new ArrayList<>();
  private Path staged;
  private Path dest;

  @BeforeEach
  void createRoots() throws IOException {
    staged = Files.createDirectory(directory.resolve("staged"));
    dest = Files.createDirectory(directory.toRealPath().resolve("dest"));
  }

  @AfterEach
  void unmount() throws Exception {
    for (Path each : mounted) {
      isDone("umount", each.toString());
    }
  }

  @Test
  void noDirectoryThatTheArchiveWouldEmpty() throws Exception {
    Path mount = mountVolume("data/uploads");

    assertRefused(DIRECTORY);
    Files.createDirectory(staged.resolve("data"));
    assertRefused(DIRECTORY);
    Files.createDirectory(staged.resolve("data/uploads"));
    assertRefused(DIRECTORY);
    write(staged.resolve("data/uploads/f"), "f");
    assertAllowed();

    assertThat(mount.resolve("precious")).hasContent("precious");
  }

  @Test
  void oneWithFilesThatWereLeftOutBecauseDestHasThem() throws Exception {
    mountVolume("uploads");
    Files.createDirectory(staged.resolve("uploads"));

    assertAllowed(omitting("uploads", "precious"));
    assertRefused(DIRECTORY, omitting("other", "precious"));
  }

  @Test
  void oneThatIsExcludedOrInAnExcludedDirectory() throws Exception {
    mountVolume("data/uploads");

    assertAllowed("uploads");
    assertAllowed("/data/");
    assertRefused(DIRECTORY, "/uploads");
    assertRefused(DIRECTORY, "data/uploads/precious");
  }

  @Test
  void anEmptyOneOrOneWithExcludedFilesOnly() throws Exception {
    Path mount = mountVolume("uploads");
    Files.createDirectory(staged.resolve("uploads"));

    assertAllowed("precious");
    write(mount.resolve("more"), "more");
    assertRefused(DIRECTORY, "precious");
    Files.delete(mount.resolve("more"));
    write(mount.resolve(".stretcher-0123456789abcdef.lock"), "4711");
    assertAllowed("precious");
    assertRefused(DIRECTORY, "preciou");
  }

  @Test
  void oneThatAnotherDeployNeeds() throws Exception {
    mountVolume(".stretcher-0123456789abcdef-1");

    assertAllowed();
  }

  @Test
  void noFileThatTheArchiveHasDifferently() throws Exception {
    mountFile("data/key");

    assertRefused(FILE);
    Files.createDirectory(staged.resolve("data"));
    assertRefused(FILE);
    write(staged.resolve("data/key"), "longer than the other");
    assertRefused(FILE);
    write(staged.resolve("data/key"), "secret");
    assertAllowed();
    assertAllowed("*.key");
  }

  @Test
  void aFileWhoseContentIsTheSame() throws Exception {
    mountFile("key");
    write(staged.resolve("key"), "secreT");
    assertRefused(FILE, Comparison.CHECKSUM);
    write(staged.resolve("key"), "secret");
    assertAllowed(Comparison.CHECKSUM);
    Files.delete(staged.resolve("key"));
    assertRefused(FILE, omitting("", "other"));
    assertAllowed(omitting("", "key"));
  }

  @Test
  void destItselfAndWhereNothingIsMounted() throws Exception {
    assertThat(MountsInDest.isAny(PinnedPlace.look(dest))).isFalse();
    mountAt(Files.createDirectory(directory.resolve("volume")), dest);
    assertThat(MountsInDest.isAny(PinnedPlace.look(dest))).isFalse();
    assertAllowed();
  }

  private void assertAllowed(String... excludes) {
    assertThatCode(() -> check(OmittedFiles.NONE, Comparison.QUICK, excludes))
        .doesNotThrowAnyException();
  }

  private void assertAllowed(Comparison comparison) {
    assertThatCode(() -> check(OmittedFiles.NONE, comparison)).doesNotThrowAnyException();
  }

  private void assertAllowed(OmittedFiles omitted) {
    assertThatCode(() -> check(omitted, Comparison.QUICK)).doesNotThrowAnyException();
  }

  private void assertRefused(String reason, String... excludes) {
    assertRefused(reason, OmittedFiles.NONE, Comparison.QUICK, excludes);
  }

  private void assertRefused(String reason, Comparison comparison) {
    assertRefused(reason, OmittedFiles.NONE, comparison);
  }

  private void assertRefused(String reason, OmittedFiles omitted) {
    assertRefused(reason, omitted, Comparison.QUICK);
  }

  private void assertRefused(
      String reason, OmittedFiles omitted, Comparison comparison, String... excludes) {
    assertThatThrownBy(() -> check(omitted, comparison, excludes))
        .isInstanceOf(FileSystemException.class)
        .hasMessageStartingWith(mounted.get(0) + ": " + reason)
        .hasMessageEndingWith("; exclude it, or unmount it");
  }

  private void check(OmittedFiles omitted, Comparison comparison, String... excludes)
      throws IOException {
    assertThat(MountsInDest.isAny(PinnedPlace.look(dest))).isEqualTo(!mounted.get(0).equals(dest));
    new MountsInDest(
            new StagedTree(staged, omitted),
            FilterRules.of(new byte[0], List.of(excludes)),
            new Comparer(comparison, Privilege.ROOT, KnownContents.NONE))
        .require(PinnedPlace.look(dest));
  }

  private static OmittedFiles omitting(String directory, String name) {
    return new OmittedFiles() {
      @Override
      public boolean isEmpty() {
        return false;
      }

      @Override
      public Collection<OmittedFile> in(Path asked) {
        return asked.equals(Path.of(directory))
            ? List.of(new OmittedFile(Path.of(name), new FileMode(0644), 8, THEN, 0, 0))
            : List.of();
      }

      @Override
      public void stage(Collection<Path> files) {
        throw new AssertionError("nothing is needed");
      }

      @Override
      public void stageAll() {
        throw new AssertionError("nothing is needed");
      }
    };
  }

  private Path mountVolume(String at) throws Exception {
    Path volume = Files.createDirectory(directory.resolve("volume"));
    write(volume.resolve("precious"), "precious");
    return mountAt(volume, Files.createDirectories(dest.resolve(at)));
  }

  private void mountFile(String at) throws Exception {
    Path secret = directory.resolve("secret");
    write(secret, "secret");
    Files.createDirectories(dest.resolve(at).getParent());
    mountAt(secret, Files.createFile(dest.resolve(at)));
  }

  private Path mountAt(Path what, Path at) throws Exception {
    assumeTrue(isDone("mount", "--bind", what.toString(), at.toString()), "only root can mount");
    mounted.add(at);
    return at;
  }

  private static boolean isDone(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
  }

  private static void write(Path file, String content) throws IOException {
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(THEN));
  }
}
