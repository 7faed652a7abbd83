package dev.stretcher.benchmarks.deploy;

import dev.stretcher.Stretcher;
import dev.stretcher.benchmarks.data.Release;
import dev.stretcher.benchmarks.measure.Sample;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.report.StretcherException;
import dev.stretcher.testing.Nginx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** The library in this JVM, which has deployed before. */
record WarmAgent(Stretcher stretcher, Nginx nginx) implements AutoCloseable {
  /** Creates it with a state directory that other agents use too. */
  static WarmAgent create(Nginx nginx, Path state) {
    return new WarmAgent(Stretcher.builder().ledger(Ledger.in(state)).build(), nginx);
  }

  Sample deploy(Release release) throws IOException, InterruptedException {
    long start = System.nanoTime();
    try {
      stretcher.deploy(URI.create(nginx.url(release.name() + ".yml")));
    } catch (StretcherException e) {
      throw new IOException(e);
    }
    return Sample.since(start);
  }

  @Override
  public void close() {
    stretcher.close();
  }
}
