package dev.stretcher.examples;

import dev.stretcher.Stretcher;
import dev.stretcher.report.StretcherException;
import java.net.URI;

/**
 * An installer: deploys what the class path carries, such as {@code classpath:/app.yml} whose
 * {@code src} is {@code classpath:/app.tar.gz}.
 */
public final class CustomSource {
  private CustomSource() {}

  /** Deploys the manifest whose URL is the first argument. */
  public static void main(String[] args) throws StretcherException, InterruptedException {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (Stretcher stretcher = Stretcher.builder().source(new ClasspathSource(loader)).build()) {
      stretcher.deploy(URI.create(args[0]));
    }
  }
}
