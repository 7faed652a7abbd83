package dev.stretcher.examples;

import dev.stretcher.Stretcher;
import dev.stretcher.report.StretcherException;
import java.net.URI;

/** Deploys the manifest whose URL is the first argument, and prints what happens. */
public final class Embed {
  private Embed() {}

  /** Runs it; a deploy that fails ends the program with its exception. */
  public static void main(String[] args) throws StretcherException, InterruptedException {
    try (Stretcher stretcher =
        Stretcher.builder().listener(event -> System.out.println(event.message())).build()) {
      stretcher.deploy(URI.create(args[0]));
    }
  }
}
