package dev.stretcher.cli.fleet;

import dev.stretcher.agent.AgentListener;
import dev.stretcher.cli.monitor.AgentWatch;
import dev.stretcher.fleet.HostStatus;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells systemd what the agent does, by the program {@code systemd-notify}: the JDK has no
 * datagrams over sockets of Unix. Does nothing where {@code NOTIFY_SOCKET} is not set.
 */
final class Systemd implements AgentListener, Closeable {
  private static final long LONGEST_SECONDS = 5;

  /** The program, as it is called. */
  static final String PROGRAM = "systemd-notify";

  private final Map<String, String> environment;
  private final String program;
  private final AgentWatch watch;
  private final Consumer<String> warnings;
  private final Semaphore news = new Semaphore(0);
  private final Thread thread = new Thread(this::tell, "stretcher-systemd");
  private volatile boolean ready;
  private volatile boolean ended;

  /**
   * Creates one, and a thread that waits for news if systemd wants any.
   *
   * @param program {@link #PROGRAM}
   * @param watch tells the status; it hears of news before this object does
   * @param warnings takes why systemd cannot be told
   */
  Systemd(
      Map<String, String> environment,
      String program,
      AgentWatch watch,
      Consumer<String> warnings) {
    this.environment = environment;
    this.program = program;
    this.watch = watch;
    this.warnings = warnings;
    if (isWanted()) {
      thread.setDaemon(true);
      thread.start();
    }
  }

  private boolean isWanted() {
    return !environment.getOrDefault("NOTIFY_SOCKET", "").isEmpty();
  }

  @Override
  public void onReady() {
    ready = true;
    news.release();
  }

  @Override
  public void onStatus(HostStatus status) {
    news.release();
  }

  @Override
  public void onStoreLost(String reason) {
    news.release();
  }

  @Override
  public void onStoreFound() {
    news.release();
  }

  /** A process takes longer than some news, so that several are told at once. */
  private void tell() {
    String told = "";
    boolean toldReady = false;
    try {
      while (!ended) {
        news.acquire();
        news.drainPermits();
        String status = watch.summary();
        boolean isReady = ready && !toldReady;
        if (isReady || !status.equals(told)) {
          run(isReady ? List.of("READY=1", "STATUS=" + status) : List.of("STATUS=" + status));
          toldReady |= isReady;
          told = status;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      warnings.accept("systemd is not told what this agent does: " + e.getMessage());
    }
  }

  private void run(List<String> news) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(news);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("NOTIFY_SOCKET", environment.getOrDefault("NOTIFY_SOCKET", ""));
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  /** Says that the agent ends. */
  @Override
  public void close() {
    if (!isWanted() || ended) {
      return;
    }
    ended = true;
    thread.interrupt();
    // An interrupt of our own thread means that the agent ends, which is just what is told.
    boolean interrupted = Thread.interrupted();
    try {
      run(List.of("STOPPING=1", "STATUS=ending"));
    } catch (IOException e) {
      warnings.accept("systemd is not told that this agent ends: " + e.getMessage());
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
