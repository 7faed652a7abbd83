package dev.stretcher.internal.decompress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import dev.stretcher.internal.unpack.Shell;
import dev.stretcher.option.Options;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What happens where the library of zstd-jni does not load, as from a noexec file system, or is not
 * there.
 */
@Timeout(60)
class ZstdLibraryTest {
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  @TempDir private Path temp;

  /** Prints how many entries an archive has, in a process that cannot load the library. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
      for (String choice : args[1].split(",")) {
        Decompressors decompressors = new Decompressors(choice, Map.copyOf(System.getenv()));
        try (InputStream in = Files.newInputStream(Path.of(args[0]))) {
          boolean one =
              CompressedTar.read(
                  in,
                  decompressors.forSmall(),
                  Options.DEFAULT,
                  entries -> entries.next() != null && entries.next() == null);
          System.out.println(one);
        } catch (DecompressorException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }

  @BeforeEach
  void makeArchives() {
    Tools.require("zstd");
    Shell.run(temp, "echo a > a; tar -cf - a | zstd -q > a.zst; tar -czf a.gz a");
  }

  @Test
  void theProgramIsUsedOrNamedWithTheCause() throws Exception {
    String[] said = read("a.zst", "auto,zstd,java,java", CLASS_PATH).split("\n");

    assertThat(said).hasSize(4);
    assertThat(said[0]).isEqualTo("true");
    assertThat(said[1]).isEqualTo("true");
    for (String failure : new String[] {said[2], said[3]}) {
      assertThat(failure)
          .contains("the library of zstd-jni, which is unpacked into " + temp)
          .contains("noexec", "set TMPDIR", "install the program zstd")
          .contains("the setting decompressor=zstd", "/nowhere/libzstd");
    }
  }

  @Test
  void withoutZstdJniTheProgramIsUsedOrBothAreNamed() throws Exception {
    String without =
        Stream.of(CLASS_PATH.split(File.pathSeparator))
            .filter(name -> !name.contains("zstd-jni"))
            .collect(Collectors.joining(File.pathSeparator));
    assertThat(without).isNotEqualTo(CLASS_PATH);

    String[] said = read("a.zst", "auto,zstd,java,java", without).split("\n");

    assertThat(said).hasSize(4);
    assertThat(said[0]).isEqualTo("true");
    assertThat(said[1]).isEqualTo("true");
    for (String failure : new String[] {said[2], said[3]}) {
      assertThat(failure)
          .contains("zstd-jni, which is optional, is not there", "com.github.luben:zstd-jni")
          .contains("install the program zstd", "the setting decompressor=zstd");
    }
    assertThat(read("a.gz", "java", without)).isEqualTo("true\n");
  }

  private String read(String archive, String choices, String classPath) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "-DZstdNativePath=/nowhere/libzstd.so",
            "-Djava.io.tmpdir=" + temp,
            "-cp",
            classPath,
            Main.class.getName(),
            temp.resolve(archive).toString(),
            choices);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
