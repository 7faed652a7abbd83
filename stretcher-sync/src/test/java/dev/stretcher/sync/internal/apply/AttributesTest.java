package dev.stretcher.sync.internal.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Privilege;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttributesTest {
  private static final Instant THEN = Instant.parse("2014-11-17T11:22:33Z");

  @TempDir private Path directory;
  private Path staged;
  private Path present;

  @BeforeEach
  void createFiles() throws IOException {
    staged = Files.writeString(directory.resolve("staged"), "same");
    Files.setPosixFilePermissions(staged, PosixFilePermissions.fromString("rwxr-x---"));
    Files.setLastModifiedTime(staged, FileTime.from(THEN));
    present = Files.writeString(directory.resolve("present"), "same");
  }

  /** A container without privileges has such a root, who may use a few groups only. */
  @Test
  void rootWhoCannotGiveAFileItsGroupIsTold() throws Exception {
    giveStagedAForeignGroup();

    assertThat(adjustedByRootOfAUserNamespace(Privilege.ROOT)).startsWith("failed: " + present);
  }

  /** As with rsync, which does not try it. */
  @Test
  void aNormalUserWhoCannotGiveAFileItsGroupGivesItTheRest() throws Exception {
    giveStagedAForeignGroup();

    assertThat(adjustedByRootOfAUserNamespace(Privilege.NORMAL)).isEqualTo("adjusted");
    FileState now = FileState.read(present);
    assertThat(now.gid()).isNotEqualTo(FileState.read(staged).gid());
    assertThat(now.mode()).isEqualTo(0750);
    assertThat(now.modified()).isEqualTo(THEN);
  }

  private void giveStagedAForeignGroup() throws IOException {
    assumeTrue(Files.getAttribute(staged, "unix:uid").equals(0), "only root can give files away");
    Files.setAttribute(staged, "unix:gid", 4711);
  }

  private String adjustedByRootOfAUserNamespace(Privilege privilege) throws Exception {
    List<String> command = new ArrayList<>(List.of("unshare", "--user", "--map-root-user"));
    assumeTrue(isDone(command), "no user namespace can be had");
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Adjusting.class.getName(),
            privilege.name(),
            Integer.toString(FileState.read(staged).gid()),
            staged.toString(),
            present.toString()));
    Process other =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(other.waitFor()).isZero();
    return said;
  }

  private static boolean isDone(List<String> command) throws Exception {
    List<String> trial = new ArrayList<>(command);
    trial.add("true");
    return new ProcessBuilder(trial).start().waitFor() == 0;
  }

  /** Gives one file the attributes of another, with a group that this process cannot see. */
  static final class Adjusting {
    private Adjusting() {}

    public static void main(String[] args) throws IOException {
      FileState seen = FileState.read(Path.of(args[2]));
      FileState wanted =
          new FileState(
              seen.kind(),
              seen.mode(),
              seen.size(),
              seen.second(),
              seen.nano(),
              seen.uid(),
              Integer.parseInt(args[1]),
              seen.links(),
              seen.device());
      System.out.print(adjusted(Privilege.valueOf(args[0]), Path.of(args[3]), wanted));
    }

    private static String adjusted(Privilege privilege, Path path, FileState wanted)
        throws IOException {
      try {
        new Attributes(privilege).adjust(path, wanted);
        return "adjusted";
      } catch (FileSystemException e) {
        return "failed: " + e.getMessage();
      }
    }
  }

  @Test
  void aFileGetsModeAndTimeOfTheStagedOne() throws Exception {
    FileState wanted = FileState.read(staged);

    new Attributes(Privilege.ofThisProcess()).adjust(present, wanted);

    FileState now = FileState.read(present);
    assertThat(now.mode()).isEqualTo(0750);
    assertThat(now.modified()).isEqualTo(THEN);
  }
}
