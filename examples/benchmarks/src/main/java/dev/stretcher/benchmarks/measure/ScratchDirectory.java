package dev.stretcher.benchmarks.measure;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A directory for the data, which is removed when this is closed. */
public record ScratchDirectory(Path path) implements AutoCloseable {
  /** Makes one below {@code parent}. */
  public static ScratchDirectory in(Path parent) throws IOException {
    return new ScratchDirectory(
        Files.createTempDirectory(Files.createDirectories(parent), "stretcher-benchmark-")
            .toRealPath());
  }

  /** Interrupts {@code main} at Ctrl-C: the data is large, and should be removed then, too. */
  public static void removeWhenEnded(Thread main) {
    Thread interrupt =
        new Thread(
            () -> {
              main.interrupt();
              try {
                main.join();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(interrupt);
  }

  // Not by rm: it also works for a thread that is interrupted.
  @Override
  public void close() throws IOException {
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
