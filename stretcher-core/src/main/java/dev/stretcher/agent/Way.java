package dev.stretcher.agent;

import dev.stretcher.Deployment;
import dev.stretcher.Stretcher;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.report.StretcherException;
import java.net.URI;
import java.time.Duration;

/** How what is desired is deployed: at once, or with a wait for a turn on the way. */
interface Way {
  /** Returns what is desired; its rules may change on the way. */
  DesiredState desired();

  /** Returns how long nothing was done. */
  Duration waited();

  Deployment deploy(Stretcher stretcher) throws StretcherException, InterruptedException;

  /**
   * The way of a deploy that waits for nobody.
   *
   * @param manifest that of what is deployed, which may be what was desired before
   */
  record AtOnce(DesiredState desired, URI manifest) implements Way {
    @Override
    public Duration waited() {
      return Duration.ZERO;
    }

    @Override
    public Deployment deploy(Stretcher stretcher) throws StretcherException, InterruptedException {
      return stretcher.deploy(manifest);
    }
  }
}
