package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Debian's own check says of the package. */
class LintianIT {
  @TempDir Path directory;

  @Test
  void itHasNoErrorAndNoWarningAndOverridesWithAReasonAlone() throws Exception {
    Tools.require("lintian");
    String built = DebianPackage.built().file().toString();

    Shell.Result result =
        Shell.in(directory)
            .with("LC_ALL", "C.UTF-8")
            .run("lintian", "--allow-root", "--tag-display-limit=0", built);

    assertThat(result).isEqualTo(new Shell.Result(0, ""));
    assertThat(overrides()).isNotEmpty();
    boolean hasReason = false;
    for (String line : overrides()) {
      boolean isReason = line.startsWith("# ");
      assertThat(isReason || hasReason).as(line).isTrue();
      hasReason = true;
    }
  }

  private static List<String> overrides() throws Exception {
    return Files.readAllLines(Repository.root().resolve("stretcher-cli/src/deb/lintian-overrides"));
  }
}
