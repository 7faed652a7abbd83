package dev.stretcher.benchmarks.data;

import dev.stretcher.benchmarks.measure.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The archive of the reference application, for inner loops. Thread-safe. */
public final class ReferenceArchive {
  private ReferenceArchive() {}

  /**
   * Returns the application as a {@code .tar.gz}.
   *
   * @param scale multiplies files and bytes; at 1 it has some 200 MB
   */
  public static byte[] read(double scale) throws IOException, InterruptedException {
    try (ScratchDirectory scratch =
        ScratchDirectory.in(Path.of(System.getProperty("java.io.tmpdir")))) {
      Path tree = scratch.path().resolve("app");
      TreeGenerator.application().write(tree, TreeShape.application(scale));
      Release.pack(tree, scratch.path());
      return Files.readAllBytes(scratch.path().resolve("app.tar.gz"));
    }
  }
}
