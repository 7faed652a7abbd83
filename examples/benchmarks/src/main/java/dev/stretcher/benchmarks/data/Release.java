package dev.stretcher.benchmarks.data;

import dev.stretcher.benchmarks.measure.Program;
import dev.stretcher.testing.Nginx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A version of an application.
 *
 * @param name of its manifest and its archive, without their endings
 * @param tree what dest has to be
 */
public record Release(String name, Path tree) {
  /** Packs the tree into the directory that is served, as {@code tar -cz} does. */
  public static Release pack(Path tree, Path served) throws IOException, InterruptedException {
    String name = String.valueOf(tree.getFileName());
    Path archive = served.resolve(name + ".tar.gz");
    Program.run("tar", "-czf", archive.toString(), "-C", tree.toString(), ".");
    Files.writeString(
        served.resolve(name + ".sha256"),
        Program.run("sha256sum", archive.toString()).substring(0, 64));
    return new Release(name, tree);
  }

  /** Writes its manifest. */
  public void describe(Nginx nginx, Path dest) throws IOException {
    Path served = nginx.documents();
    Files.writeString(
        served.resolve(name + ".yml"),
        "src: %s\nchecksum: %s\ndest: %s\nsync_strategy: tree\n"
            .formatted(
                nginx.url(name + ".tar.gz"),
                Files.readString(served.resolve(name + ".sha256")),
                dest));
  }
}
