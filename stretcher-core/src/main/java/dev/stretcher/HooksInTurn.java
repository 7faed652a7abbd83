package dev.stretcher;

import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.hook.Hooks;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.HookFailed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Commands of a deploy that waits for its turn before the first of them. */
record HooksInTurn(Hooks hooks, BeforeSwitch turn, Reporter reporter) implements Hooks {
  @Override
  public boolean hasPre() {
    return hooks.hasPre();
  }

  @Override
  public void releasing(String id, Optional<String> previous, Path link) {
    hooks.releasing(id, previous, link);
  }

  @Override
  public void rolledBackTo(String id) {
    hooks.rolledBackTo(id);
  }

  @Override
  public void pre() throws HookFailed, InterruptedException {
    reporter.report(new DeployEvent.WaitingForTurn());
    long start = System.nanoTime();
    turn.await();
    reporter.report(new DeployEvent.WaitedForTurn(Duration.ofNanos(System.nanoTime() - start)));
    hooks.pre();
  }

  @Override
  public void post() throws HookFailed, InterruptedException {
    hooks.post();
  }

  @Override
  public void health() throws HookFailed, InterruptedException {
    hooks.health();
  }

  @Override
  public void success() throws InterruptedException {
    hooks.success();
  }

  @Override
  public void failure(StretcherException cause) throws InterruptedException {
    hooks.failure(cause);
  }
}
