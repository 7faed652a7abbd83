package dev.stretcher.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs a handler as {@code consul watch -type=event} was seen to do: one after the other, with all
 * buffered events of a restart and later those that came meanwhile in one array, and CONSUL_INDEX.
 */
final class ConsulWatch implements AutoCloseable {
  /** What a Consul agent keeps. */
  private static final int BUFFERED = 256;

  private final Path handler;
  private final Map<String, String> environment;
  private final Path log;
  private final List<String> buffered = new ArrayList<>();
  private int index;
  private int delivered;
  private boolean running;
  private boolean closed;
  private final Thread thread;

  ConsulWatch(Path handler, Map<String, String> environment, Path log) {
    this.handler = handler;
    this.environment = environment;
    this.log = log;
    this.thread = new Thread(this::watch);
    thread.start();
  }

  synchronized void fire(String id, URI manifest) {
    buffered.add(AgentFixture.consulEvent(id, manifest));
    if (buffered.size() > BUFFERED) {
      buffered.remove(0);
      delivered--;
    }
    index++;
    notifyAll();
  }

  /** Starts anew, which delivers all that is buffered once more. */
  synchronized void restart() {
    delivered = 0;
    notifyAll();
  }

  synchronized void awaitQuiet() throws InterruptedException {
    while (running || delivered < buffered.size()) {
      wait();
    }
  }

  private void watch() {
    try {
      for (String events = next(); events != null; events = next()) {
        run(events);
        ended();
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized @Nullable String next() throws InterruptedException {
    while (!closed && delivered >= buffered.size()) {
      wait();
    }
    if (closed) {
      return null;
    }
    running = true;
    String events =
        buffered.subList(delivered, buffered.size()).stream()
            .collect(Collectors.joining(",", "[", "]\n"));
    delivered = buffered.size();
    return events;
  }

  private synchronized void ended() {
    running = false;
    notifyAll();
  }

  private void run(String events) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(handler.toString());
    builder.environment().putAll(environment);
    builder.environment().put("CONSUL_INDEX", Integer.toString(index));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process process = builder.start();
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(events.getBytes(StandardCharsets.UTF_8));
    }
    if (process.waitFor() != 0) {
      throw new IOException("a handler that fails ends the watch");
    }
  }

  @Override
  public void close() throws InterruptedException {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    thread.join();
  }
}
