package dev.stretcher.internal.dest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.file.ReservedNames;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DestLockTest {
  @TempDir private Path directory;

  @Test
  void onlyOneHasItAtATimeAndItLeavesNothingBehind() throws IOException {
    Path file = DestLock.location(directory.resolve("app"), directory);

    try (DestLock held = DestLock.tryAcquire(file).orElseThrow()) {
      assertThat(held.file()).exists();
      assertThat(DestLock.tryAcquire(file)).isEmpty();
    }

    assertThat(directory).isEmptyDirectory();
    Optional<DestLock> again = DestLock.tryAcquire(file);
    assertThat(again).isPresent();
    again.orElseThrow().close();
  }

  @Test
  void aFileThatADeadProcessLeftIsTakenOver() throws IOException {
    Path file = DestLock.location(directory.resolve("app"), directory);
    Files.writeString(file, "4711 left by a process that was killed\n");

    try (DestLock held = DestLock.tryAcquire(file).orElseThrow()) {
      assertThat(held.file()).content().startsWith(ProcessHandle.current().pid() + " ");
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void anInterruptedThreadLeavesNoHalfLockBehind() throws IOException {
    Path file = DestLock.location(directory.resolve("app"), directory);
    Thread.currentThread().interrupt();

    try (DestLock held = DestLock.tryAcquire(file).orElseThrow()) {
      assertThat(held.file()).isNotEmptyFile();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void liesBesideDestOrInTheNearestDirectoryAboveIt() throws IOException {
    Path real = directory.toRealPath();
    assertThat(DestLock.location(directory.resolve("app"), Path.of("/nowhere")).getParent())
        .isEqualTo(real);
    assertThat(DestLock.location(directory.resolve("a/b/app"), Path.of("/nowhere")).getParent())
        .isEqualTo(real);
  }

  @Test
  void differsFromDestToDest() {
    assertThat(DestLock.location(directory.resolve("a"), directory))
        .isNotEqualTo(DestLock.location(directory.resolve("b"), directory))
        .isEqualTo(DestLock.location(directory.resolve("a"), directory));
  }

  @Test
  void itsNameAndThoseOfWhatBelongsToItAreReserved() {
    Path file = DestLock.location(directory.resolve("app"), directory);
    assertThat(ReservedNames.isReserved(file.getFileName().toString())).isTrue();
    assertThat(ReservedNames.isReserved(DestLock.temporaryPrefix(file) + "123")).isTrue();
    assertThat(ReservedNames.isReserved(LockName.tickets(file) + "123")).isTrue();
  }

  @Test
  void aLinkInItsPlaceIsNotFollowed() throws IOException {
    Path file = DestLock.location(directory.resolve("app"), directory);
    Path victim = Files.writeString(directory.resolve("victim"), "precious");
    Files.createSymbolicLink(file, victim);

    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> DestLock.tryAcquire(file)))
        .isInstanceOf(IOException.class);
    assertThat(victim).hasContent("precious");
  }

  @Test
  void anotherNameOfAFileInItsPlaceIsNotWrittenTo() throws IOException {
    Path file = DestLock.location(directory.resolve("app"), directory);
    Path victim = Files.writeString(directory.resolve("victim"), "precious");
    Files.createLink(file, victim);

    assertThatThrownBy(() -> DestLock.tryAcquire(file))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(file + ": it is a hard link")
        .hasMessageContaining("remove it");
    assertThat(victim).hasContent("precious");
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aPipeInItsPlaceIsNotWaitedFor() throws Exception {
    Path file = DestLock.location(directory.resolve("app"), directory);
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();

    assertThatThrownBy(() -> DestLock.tryAcquire(file))
        .hasMessageContaining(file + ": it is not a regular file; remove it");
  }

  @Test
  void aFileOfAnotherUserInItsPlaceIsNotWrittenTo() throws IOException {
    Path file = DestLock.location(directory.resolve("app"), directory);
    Files.writeString(file, "precious");
    assumeTrue(Files.getAttribute(file, "unix:uid").equals(0), "only root can give files away");
    Files.setAttribute(file, "unix:uid", 65534);

    assertThatThrownBy(() -> DestLock.tryAcquire(file))
        .hasMessageContaining("the lock file belongs to another user");
    assertThat(file).hasContent("precious");
    assertThat(directory.toFile().list()).containsExactly(file.getFileName().toString());
  }

  @Test
  void anotherProcessDoesNotGetItAsLongAsItIsHeld() throws Exception {
    Path file = DestLock.location(directory.resolve("app"), directory);

    try (DestLock held = DestLock.tryAcquire(file).orElseThrow()) {
      assertThat(held.file()).exists();
      assertThat(otherProcessGets(file)).isFalse();
    }
    assertThat(otherProcessGets(file)).isTrue();
    assertThat(directory).isEmptyDirectory();
  }

  private static boolean otherProcessGets(Path file) throws IOException, InterruptedException {
    int status = process(OtherProcess.class, file).waitFor();
    assertThat(status).isIn(0, 3);
    return status == 0;
  }

  private static Process process(Class<?> main, Path argument) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            argument.toString())
        .inheritIO()
        .start();
  }

  /** Takes the lock and gives it back; ends with 3 if someone else has it. */
  static final class OtherProcess {
    private OtherProcess() {}

    public static void main(String[] args) throws IOException {
      Optional<DestLock> lock = DestLock.tryAcquire(Path.of(args[0]));
      if (lock.isEmpty()) {
        Runtime.getRuntime().exit(3);
      }
      lock.orElseThrow().close();
    }
  }

  @Test
  void noTwoOfManyProcessesHaveItAtATime() throws Exception {
    List<Process> crowd = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      crowd.add(process(Contender.class, directory.resolve("app")));
    }

    try {
      for (Process each : crowd) {
        assertThat(each.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(each.exitValue()).isZero();
      }
    } finally {
      crowd.forEach(Process::destroyForcibly);
    }
    assertThat(directory).isEmptyDirectory();
  }

  /** Takes the lock again and again; fails if someone else has it, too. */
  static final class Contender {
    private static final int TURNS = 1000;

    private Contender() {}

    public static void main(String[] args) throws IOException {
      Path dest = Path.of(args[0]);
      Path held = dest.resolveSibling("held");
      for (int turn = 0; turn < TURNS; ) {
        Optional<DestLock> lock =
            DestLock.tryAcquire(DestLock.location(dest, dest.resolveSibling("unused")));
        if (lock.isPresent()) {
          Files.delete(Files.createFile(held));
          lock.get().close();
          turn++;
        }
      }
    }
  }
}
