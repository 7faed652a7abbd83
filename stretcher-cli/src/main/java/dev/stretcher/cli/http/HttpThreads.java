package dev.stretcher.cli.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A few threads for requests, of which none may take too long. */
final class HttpThreads implements Executor, Closeable {
  private final ExecutorService threads;
  private final Alarms alarms;

  HttpThreads(int count, Duration longest) {
    this.threads = Executors.newFixedThreadPool(count, Daemons.named("stretcher-http"));
    this.alarms = new Alarms(longest);
  }

  @Override
  public void execute(Runnable request) {
    threads.execute(() -> run(request));
  }

  private void run(Runnable request) {
    try {
      alarms.during(request::run);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    alarms.close();
  }
}
