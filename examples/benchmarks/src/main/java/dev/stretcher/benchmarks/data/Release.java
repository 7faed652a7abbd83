package dev.stretcher.benchmarks.data;

import dev.stretcher.benchmarks.measure.Program;
import dev.stretcher.testing.Nginx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A version of an application.
 *
 * @param name of its manifest
 * @param tree what dest has to be
 * @param archive the name of its archive
 * @param sums the lines of its manifest that say what the archive is
 */
public record Release(String name, Path tree, String archive, String sums) {
  /** Packs the tree into the directory that is served, as {@code tar -cz} does. */
  public static Release pack(Path tree, Path served) throws IOException, InterruptedException {
    return pack(tree, served, "-cz", ".tar.gz");
  }

  /** Packs the tree into the directory that is served, as {@code tar -c --zstd} does. */
  public static Release packZstd(Path tree, Path served) throws IOException, InterruptedException {
    return pack(tree, served, "-c --zstd", ".tar.zst");
  }

  private static Release pack(Path tree, Path served, String flags, String suffix)
      throws IOException, InterruptedException {
    String archive = tree.getFileName() + suffix;
    String target = served.resolve(archive).toString();
    List<String> command = new ArrayList<>(List.of("tar"));
    command.addAll(List.of(flags.split(" ")));
    command.addAll(List.of("-f", target, "-C", tree.toString(), "."));
    Program.run(command);
    String sum = Program.run("sha256sum", target).substring(0, 64);
    return new Release(archive, tree, archive, "checksum: " + sum);
  }

  /**
   * Packs the tree into the directory that is served, with a table of contents.
   *
   * @param agent the command of the packaged agent
   */
  public static Release packWithToc(Path tree, Path served, List<String> agent, String suffix)
      throws IOException, InterruptedException {
    String archive = tree.getFileName() + ".toc" + suffix;
    String target = served.resolve(archive).toString();
    List<String> command = new ArrayList<>(agent);
    command.addAll(List.of("pack", tree.toString(), "--output", target));
    String said = Program.run(command);
    String sums =
        String.join("\n", said.lines().filter(line -> line.matches("(checksum|toc): .*")).toList());
    return new Release(archive, tree, archive, sums);
  }

  /** Returns the checksum of its archive, in hexadecimal. */
  public String sum() {
    return sums.lines().findFirst().orElseThrow().replaceFirst(".*[ :]", "");
  }

  /** Writes its manifest. */
  public void describe(Nginx nginx, Path dest) throws IOException {
    describe(nginx, dest, "sync_strategy: tree\n");
  }

  /**
   * Writes its manifest.
   *
   * @param rules further lines
   */
  public void describe(Nginx nginx, Path dest, String rules) throws IOException {
    Files.writeString(
        nginx.documents().resolve(name + ".yml"),
        "src: %s\n%s\ndest: %s\n%s".formatted(nginx.url(archive), sums, dest, rules));
  }

  /** Returns the same with a manifest of another name. */
  public Release named(String other) {
    return new Release(other, tree, archive, sums);
  }
}
