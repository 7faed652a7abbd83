package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetIT {
  @TempDir Path directory;

  @Test
  void theTutorialBringsTwoVersionsToThreeHostsAndABadOneToItsCanaryAlone() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Shell shell = Shell.ofExamples(directory, temporary);

    Shell.Result result =
        shell.run("bash", Repository.root().resolve("examples/fleet.sh").toString());

    assertThat(result.status()).as(result.output()).isZero();
    assertThat(result.output())
        .containsSubsequence(
            greetings("Welcome to the shop"),
            "shop: 2: 0 of 3 hosts have it, 1 failed",
            greetings("Welcome to the shop"),
            greetings("Welcome to the summer sale"),
            "generation 4, after 3",
            greetings("Welcome to the shop"));
    assertThat(temporary).isEmptyDirectory();
  }

  private static String greetings(String text) {
    return "web-1: %1$s\nweb-2: %1$s\nweb-3: %1$s\n".formatted(text);
  }
}
