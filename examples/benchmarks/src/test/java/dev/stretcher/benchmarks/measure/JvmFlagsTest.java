package dev.stretcher.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JvmFlagsTest {
  /** What names a place of the agent: temporary directory, command, installation, cache. */
  private static final Pattern DIRECTORY =
      Pattern.compile("^-D(java\\.io\\.tmpdir|stretcher\\.(command|home|cache))=");

  @ParameterizedTest
  @ValueSource(
      strings = {"stretcher-cli/src/main/launcher/stretcher", "examples/benchmarks/run.sh"})
  void theFlagsAreThoseOfTheLauncher(String script) throws Exception {
    assertThat(flags(script)).containsExactlyElementsOf(JvmFlags.OF_THE_LAUNCHER);
  }

  /** Returns the flags between {@code exec} and the class path, or the arguments. */
  private static List<String> flags(String script) throws IOException {
    Path file = Path.of(System.getProperty("stretcher.root", "../..")).resolve(script);
    String text = Files.readString(file);
    String command = text.substring(text.indexOf("exec \"$java\""));
    String ours = command.split(" -cp |\"\\$@\"", 2)[0];
    return Stream.of(ours.split("\\s+"))
        .filter(word -> word.startsWith("-") && !DIRECTORY.matcher(word).find())
        .toList();
  }
}
