package dev.stretcher.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where it was measured.
 *
 * @param cores how many processors the JVM may use
 * @param kernel the operating system and its version
 * @param fileSystem the type of the file system that held the data
 * @param jdk the JVM and its version
 * @param rsync what rsync says of its version
 */
public record Machine(int cores, String kernel, String fileSystem, String jdk, String rsync) {
  /** Returns this machine, with the file system of {@code scratch}. */
  public static Machine here(Path scratch) throws IOException, InterruptedException {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        Files.getFileStore(scratch).type(),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        Program.run("rsync", "--version")
            .lines()
            .findFirst()
            .orElse("rsync")
            .replaceAll(" +", " "));
  }

  @Override
  public String toString() {
    return String.join(", ", cores + " cores", kernel, "file system " + fileSystem, jdk, rsync);
  }
}
