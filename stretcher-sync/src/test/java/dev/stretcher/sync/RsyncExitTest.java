package dev.stretcher.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RsyncExitTest {
  /** The meanings are those of the section EXIT VALUES of rsync(1), and of its errcode.h. */
  @ParameterizedTest
  @CsvSource({
    "1,   syntax or usage error,                     check the excludes",
    "2,   protocol incompatibility,                  check the installation",
    "3,   errors selecting input or output files,    check dest and its parent",
    "4,   requested action not supported,            check the installation",
    "5,   error starting client-server protocol,     check the installation",
    "10,  error in socket I/O,                       check the installation",
    "11,  error in file I/O,                         the free space",
    "12,  error in rsync protocol data stream,       the free space and memory",
    "13,  errors with program diagnostics,           check the installation",
    "14,  error in IPC code,                         the limits of processes and memory",
    "15,  sibling process crashed,                   check the free memory",
    "16,  sibling process was killed by a signal,    check the free memory",
    "19,  received SIGUSR1,                          deploy again",
    "20,  'received SIGINT, SIGTERM or SIGHUP',      deploy again",
    "21,  some error returned by waitpid(),          deploy again",
    "22,  error allocating memory,                   give it more memory",
    "23,  partial transfer due to error,             often permissions or a full disk",
    "24,  partial transfer due to vanished files,    keep others out of TMPDIR",
    "25,  the --max-delete limit stopped deletions,  check the installation",
    "30,  timeout in data send/receive,              check the disks",
    "35,  timeout waiting for daemon connection,     check the installation",
    "126, it cannot be executed,                     check the installation",
    "127, it was not found,                          check the installation",
  })
  void tellsTheMeaningAndTheRemedy(int status, String meaning, String remedy) {
    assertThat(RsyncExit.explain(status, List.of()))
        .startsWith("rsync exit " + status + ": " + meaning + "; ")
        .contains(remedy);
  }

  @Test
  void saysWhatRsyncSaidBetweenBoth() {
    assertThat(RsyncExit.explain(23, List.of("mkdir failed: Read-only", "and more")))
        .isEqualTo(
            "rsync exit 23: partial transfer due to error; mkdir failed: Read-only; and more;"
                + " correct that, often permissions or a full disk");
  }

  @ParameterizedTest
  @CsvSource({"129, 1", "137, 9", "143, 15"})
  void tellsTheSignalThatKilledIt(int status, int signal) {
    assertThat(RsyncExit.explain(status, List.of()))
        .isEqualTo(
            "rsync exit %d: killed by signal %d; see who ended it; deploy again"
                .formatted(status, signal));
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 99, 128})
  void aStatusThatRsyncDoesNotHaveIsOneOfAnotherProgram(int status) {
    assertThat(RsyncExit.explain(status, List.of()))
        .contains("not a status of rsync(1)")
        .endsWith("check the installation of rsync");
  }
}
