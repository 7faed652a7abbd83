package dev.stretcher.internal.decompress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.contract.Condition;
import dev.stretcher.contract.Tools;
import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.unpack.ExtractOptions;
import dev.stretcher.internal.unpack.ExtractionReport;
import dev.stretcher.internal.unpack.Extractor;
import dev.stretcher.internal.unpack.Shell;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that decompress, real ones and bad ones. */
@Timeout(120)
class DecompressorsTest {
  private static final Map<String, String> HERE = System.getenv();

  @TempDir private Path temp;
  private Path root;

  @BeforeEach
  void createRoot() throws IOException {
    root = Files.createDirectory(temp.resolve("root"));
    Tools.require("tar");
  }

  @ParameterizedTest
  @CsvSource({"igzip, gzip", "pigz, gzip", "unpigz, gzip", "gzip, gzip", "zstd, zstd", "xz, xz"})
  void aProgramUnpacksWhatWeWould(String program, String compressor) throws Exception {
    Tools.require(program);
    byte[] archive = archive(compressor);

    ExtractionReport report = extract(new Decompressors(program, HERE), archive);

    assertThat(report.entries()).isEqualTo(2);
    assertThat(root.resolve("in/a")).hasSize(3_000_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x1f, 0x80, 0x9d, 0x9f})
  void aDamagedHeadOfCompressIsTheFaultOfTheArchive(int flags) {
    byte[] archive = {0x1f, (byte) 0x9d, (byte) flags, 'A', 'A', 'A', 'A', 'A', 'A', 'A', 'A'};

    assertThatThrownBy(() -> extract(Decompressors.JAVA, archive))
        .isInstanceOf(ArchiveException.class);
  }

  @ParameterizedTest
  @CsvSource({"igzip, gzip", "pigz, gzip", "gzip, gzip", "zstd, zstd", "xz, xz"})
  void whatIsDamagedIsTheFaultOfTheArchiveAndNamesTheProgram(String program, String compressor)
      throws Exception {
    Tools.require(program);
    byte[] archive = archive(compressor);
    byte[] truncated = Arrays.copyOf(archive, archive.length / 2);

    assertThatThrownBy(() -> extract(new Decompressors(program, HERE), truncated))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining(program + " failed (exit status 1)");
  }

  @Test
  void aProgramThatIsKilledIsAnErrorThatNamesIt() throws Exception {
    byte[] archive = archive("gzip");

    assertThatThrownBy(() -> extract(fake("kill -9 $$"), archive))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(ArchiveException.class)
        .hasMessageContaining("igzip failed (exit status 137)")
        .hasMessageContaining("the setting decompressor=java");
  }

  @Test
  void whatAProgramSaysIsPassedOn() throws Exception {
    byte[] archive = archive("gzip");

    assertThatThrownBy(() -> extract(fake("echo no good >&2; echo at all >&2; exit 3"), archive))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("igzip failed (exit status 3): no good; at all");
  }

  @Test
  void aProgramThatHangsEndsWithTheThread() throws Exception {
    byte[] archive = archive("gzip");
    Path pid = temp.resolve("pid");
    Decompressors hanging =
        fake("echo $$ > " + pid + ".new; mv " + pid + ".new " + pid + "; exec sleep 1000");
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                extract(hanging, archive);
              } catch (IOException | InterruptedException e) {
                thrown.set(e);
              }
            });
    thread.start();
    Condition.await(() -> Files.exists(pid) || !thread.isAlive());

    thread.interrupt();
    thread.join();

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    long child = Long.parseLong(Files.readString(pid).strip());
    ProcessHandle.of(child).ifPresent(process -> process.onExit().join());
  }

  @Test
  void aProgramHasTheEnvironmentOfTheAgent() throws Exception {
    byte[] archive = archive("gzip");

    // Only PATH is given; the JVM of this test has more.
    Decompressors program = fake("test -z \"${HOME+set}\" && exec gzip -dc");

    assertThat(extract(program, archive).entries()).isEqualTo(2);
  }

  @Test
  void aProgramThatIsNotThereIsAnErrorOnlyIfItWasNamed() throws Exception {
    byte[] archive = archive("gzip");
    Map<String, String> none = Map.of("PATH", temp.toString());

    assertThatThrownBy(() -> extract(new Decompressors("igzip", none), archive))
        .hasMessageContaining("igzip is not in PATH")
        .hasMessageContaining("the setting decompressor=auto");
    assertThat(extract(new Decompressors("auto", none), archive).entries()).isEqualTo(2);
  }

  @Test
  void aProgramForAnotherCompressionIsNotUsed() throws Exception {
    assertThat(extract(new Decompressors("zstd", HERE), archive("gzip")).entries()).isEqualTo(2);
  }

  private byte[] archive(String compressor) throws IOException {
    Tools.require(compressor);
    Shell.run(
        temp,
        "rm -rf in made.tar*; mkdir in; head -c 3000000 /dev/urandom > in/a;"
            + " tar -cf made.tar in; "
            + compressor
            + " -c made.tar > made.tar.x");
    return Files.readAllBytes(temp.resolve("made.tar.x"));
  }

  private Decompressors fake(String script) throws IOException {
    Path program = temp.resolve("igzip");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return new Decompressors("igzip", Map.of("PATH", temp + ":" + System.getenv("PATH")));
  }

  private ExtractionReport extract(Decompressors decompressors, byte[] archive)
      throws IOException, InterruptedException {
    InputStream in = new ByteArrayInputStream(archive);
    ExtractOptions options = ExtractOptions.forThisUser(temp);
    return CompressedTar.read(
        in,
        decompressors,
        options.limits(),
        entries -> Extractor.extract(entries, root, options, entry -> true));
  }
}
