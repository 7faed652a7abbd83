package dev.stretcher.cli.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads for requests, only as many as are asked for; none may take too long. */
final class HttpThreads implements Executor, Closeable {
  private final ExecutorService threads;
  private final Alarms alarms;

  HttpThreads(int most, Duration longest) {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            most,
            most,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Daemons.named("stretcher-http"));
    pool.allowCoreThreadTimeOut(true);
    this.threads = pool;
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
