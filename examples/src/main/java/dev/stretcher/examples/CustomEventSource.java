package dev.stretcher.examples;

import dev.stretcher.Stretcher;
import dev.stretcher.report.StretcherException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small agent: deploys whatever is asked for in the directory that is the first argument, until
 * that directory is gone or the thread is interrupted. A deploy that fails is printed and does not
 * end it.
 */
public final class CustomEventSource {
  private CustomEventSource() {}

  /** Runs the agent. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path directory = Path.of(args[0]);
    try (DirectoryEventSource events = new DirectoryEventSource(directory);
        Stretcher stretcher =
            Stretcher.builder().listener(event -> System.out.println(event.message())).build()) {
      while (Files.isDirectory(directory)) {
        deployNext(stretcher, events);
      }
    }
  }

  private static void deployNext(Stretcher stretcher, DirectoryEventSource events)
      throws InterruptedException {
    try {
      stretcher.deployNext(events);
    } catch (StretcherException e) {
      System.err.println("failed at " + e.stage() + ": " + e.getMessage());
    }
  }
}
