package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.internal.dest.DestLock;
import dev.stretcher.report.DeployEvent;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a deploy that was killed leaves behind, and the next one. */
class LeftoverTest extends StretcherFixture {
  @TempDir private Path temporary;

  @Test
  void theNextDeployRemovesWhatADeadOneLeft() throws Exception {
    putApp("");
    Path canary = Files.createDirectory(directory.resolve("canary"));
    Files.writeString(canary.resolve("file"), "precious");
    Path staging =
        Files.createDirectory(
            makePrivate(directory.resolve(prefix("app") + "123")).resolve("root"));
    Path closed = Files.createDirectory(staging.resolve("closed"));
    Files.writeString(closed.resolve("file"), "x");
    Files.createSymbolicLink(staging.resolve("link"), canary);
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    Path spool = Files.createFile(temporary.resolve(prefix("app") + "456.spool"));

    try (Stretcher stretcher = stretcher().temporaryDirectory(temporary).build()) {
      stretcher.deploy(MANIFEST);
    }

    assertThat(staging.getParent()).doesNotExist();
    assertThat(spool).doesNotExist();
    assertThat(canary.resolve("file")).hasContent("precious");
    assertThat(messages())
        .contains(
            "Removed " + staging.getParent() + ", which a killed deploy left behind",
            "Removed " + spool + ", which a killed deploy left behind");
  }

  @Test
  void theTemporaryDirectoryMayBeTheParentOfDest() throws Exception {
    putApp("");
    Path dead =
        Files.createFile(
            directory.resolve(
                DestLock.location(directory.resolve("app"), directory)
                    .getFileName()
                    .toString()
                    .replaceAll("\\.lock$", "-1.spool")));

    try (Stretcher stretcher = stretcher().temporaryDirectory(directory).build()) {
      stretcher.deploy(MANIFEST);
    }

    assertThat(dead).doesNotExist();
  }

  @Test
  void whatBelongsToAnotherDestOrHasASimilarNameStays() throws Exception {
    putApp("");
    Path other = Files.createDirectory(directory.resolve(prefix("other") + "1"));
    Path similar = Files.createDirectory(directory.resolve(".stretcher-"));
    Path lock = Files.createFile(directory.resolve(prefix("other").replaceAll("-$", ".lock")));

    try (Stretcher stretcher = stretcher().temporaryDirectory(temporary).build()) {
      stretcher.deploy(MANIFEST);
    }

    assertThat(other).exists();
    assertThat(similar).exists();
    assertThat(lock).exists();
    assertThat(messages()).noneMatch(message -> message.contains("left behind"));
  }

  @Test
  void whatBelongsToAnotherUserStays() throws Exception {
    putApp("");
    Path spool = Files.createFile(temporary.resolve(prefix("app") + "1.spool"));
    assumeTrue(Files.getAttribute(spool, "unix:uid").equals(0), "only root can give files away");
    Files.setAttribute(spool, "unix:uid", 65534);

    try (Stretcher stretcher = stretcher().temporaryDirectory(temporary).build()) {
      stretcher.deploy(MANIFEST);
    }

    assertThat(spool).exists();
  }

  @Test
  void aDestThatIsNamedByALinkHasTheLeftoversOfTheDirectory() throws Exception {
    Path real = Files.createDirectory(directory.resolve("real"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), real);
    putApp(link, "");
    Path staging = makePrivate(directory.resolve(prefix("real") + "1"));

    try (Stretcher stretcher = stretcher().temporaryDirectory(temporary).build()) {
      stretcher.check(MANIFEST);
      assertThat(staging).exists();
      stretcher.plan(MANIFEST);
    }

    assertThat(Files.exists(staging, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }

  @Test
  void aSpoolFileGoesThatIsOlderThanTheParentOfDest() throws Exception {
    Path dest = directory.resolve("new/app");
    putApp(dest, "");
    Path lock = DestLock.location(dest, temporary);
    Path spool = Files.createFile(temporary.resolve(DestLock.temporaryPrefix(lock) + "1.spool"));
    Files.createFile(lock);
    Files.createDirectory(dest.getParent());

    try (Stretcher stretcher = stretcher().temporaryDirectory(temporary).build()) {
      stretcher.deploy(MANIFEST);
    }

    assertThat(spool).doesNotExist();
    assertThat(lock).doesNotExist();
  }

  @Test
  void theSpoolFileOfADeployStaysThatHasTheEarlierLock() throws Exception {
    Path dest = directory.resolve("new/app");
    putApp(dest, "");
    try (DestLock other =
        DestLock.tryAcquire(DestLock.location(directory.resolve("app"), temporary)).orElseThrow()) {
      Path spool = Files.createFile(temporary.resolve(other.temporaryPrefix() + "1.spool"));
      Files.createDirectory(dest.getParent());

      try (Stretcher stretcher = stretcher().temporaryDirectory(temporary).build()) {
        stretcher.deploy(MANIFEST);
      }

      assertThat(spool).exists();
    }
  }

  @Test
  void aLinkIsNoLeftover() throws Exception {
    putApp("");
    Path canary = Files.createDirectory(directory.resolve("canary"));
    Files.writeString(canary.resolve("file"), "precious");
    Path link = Files.createSymbolicLink(directory.resolve(prefix("app") + "1"), canary);
    Path spool =
        Files.createSymbolicLink(
            temporary.resolve(prefix("app") + "1.spool"), canary.resolve("file"));

    try (Stretcher stretcher = stretcher().temporaryDirectory(temporary).build()) {
      stretcher.deploy(MANIFEST);
    }

    assertThat(link).isSymbolicLink();
    assertThat(spool).isSymbolicLink();
    assertThat(canary.resolve("file")).hasContent("precious");
  }

  @Test
  void aDirectoryThatNoDeployMakesStaysWhateverItsName() throws Exception {
    putApp("");
    Path open = Files.createDirectory(directory.resolve(prefix("app") + "1"));
    Files.createDirectory(open.resolve("root"));
    Path full = makePrivate(directory.resolve(prefix("app") + "2"));
    Files.writeString(full.resolve("precious"), "precious");

    try (Stretcher stretcher = stretcher().temporaryDirectory(temporary).build()) {
      stretcher.deploy(MANIFEST);
    }

    assertThat(open.resolve("root")).exists();
    assertThat(full.resolve("precious")).hasContent("precious");
    assertThat(messages())
        .anyMatch(message -> message.contains(open + ": it is open to others"))
        .anyMatch(message -> message.contains(full + ": it has precious in it"));
  }

  private static Path makePrivate(Path path) throws Exception {
    return Files.createDirectory(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private List<String> messages() {
    return events.stream().map(DeployEvent::message).toList();
  }

  /** Returns what the names of temporary files for a dest in {@link #directory} begin with. */
  private String prefix(String dest) {
    Path file = DestLock.location(directory.resolve(dest), temporary);
    return file.getFileName().toString().replaceAll("\\.lock$", "-");
  }
}
