package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.cli.command.Commands;
import dev.stretcher.cli.invocation.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the distribution has for shells and for man. */
class ShareIT {
  private final Path installation = Launcher.path().getParent().getParent();

  @Test
  void pagesAndCompletionLieWhereTheyAreLookedFor() throws IOException {
    List<String> expected =
        new ArrayList<>(
            List.of(
                "bash-completion/completions/stretcher",
                "fish/vendor_completions.d/stretcher.fish",
                "man/man1/stretcher.1",
                "man/man5/stretcher-config.5",
                "man/man5/stretcher-manifest.5",
                "zsh/vendor-completions/_stretcher"));
    for (Command command : Commands.NAMED) {
      expected.add("man/man1/stretcher-" + command.name() + ".1");
    }
    Path share = installation.resolve("share");
    try (Stream<Path> files = Files.walk(share)) {
      assertThat(files.filter(Files::isRegularFile).map(file -> share.relativize(file).toString()))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
    assertThat(Files.readString(share.resolve("man/man1/stretcher.1")))
        .matches("(?s)\\.TH STRETCHER 1 \\d{4}-\\d\\d-\\d\\d \"Stretcher \\d+\\..*");
  }

  @Test
  void whatWritesThemIsNotInTheDistribution() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(installation.resolve("lib"))) {
      for (Path jar : files.filter(Files::isRegularFile).toList()) {
        try (JarFile opened = new JarFile(jar.toFile())) {
          opened.stream()
              .map(entry -> jar.getFileName() + ": " + entry.getName())
              .filter(name -> name.contains("stretcher/cli/share/") || name.contains("commonmark"))
              .forEach(found::add);
        }
      }
    }
    assertThat(found).isEmpty();
  }
}
