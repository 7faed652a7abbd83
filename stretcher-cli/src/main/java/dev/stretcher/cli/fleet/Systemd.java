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
 * datagrams over sockets of Unix. Does nothing where {@code NOTIFY_SOCKET} is not set. Where
 * systemd watches this process, {@code WATCHDOG_USEC}, it hears twice as often as it asks for that
 * the JVM runs.
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
  private final long watchdogMicros;
  private volatile boolean ready;
  private volatile boolean ended;

  // Of the thread.
  private String told = "";
  private boolean toldReady;
  private boolean warned;

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
    this.watchdogMicros = watchdogMicros(environment);
    if (isWanted()) {
      thread.setDaemon(true);
      thread.start();
    }
  }

  /**
   * Returns after how many microseconds without a word systemd takes this process for one that
   * hangs; 0 if it does not watch it.
   */
  private static long watchdogMicros(Map<String, String> environment) {
    String pid = environment.getOrDefault("WATCHDOG_PID", "");
    String micros = environment.getOrDefault("WATCHDOG_USEC", "");
    boolean isOurs = pid.isEmpty() || pid.equals(Long.toString(ProcessHandle.current().pid()));
    return isOurs && micros.matches("[1-9][0-9]{0,17}") ? Long.parseLong(micros) : 0;
  }

  /** Tells whether systemd has started this process, and wants to hear of it. */
  boolean isWanted() {
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
    try {
      while (!ended) {
        awaitNews();
        List<String> words = words();
        if (!words.isEmpty()) {
          tell(words);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for news, but not so long that systemd would take this process for one that hangs. */
  private void awaitNews() throws InterruptedException {
    if (watchdogMicros == 0) {
      news.acquire();
    } else {
      boolean unused = news.tryAcquire(watchdogMicros / 2, TimeUnit.MICROSECONDS);
    }
    news.drainPermits();
  }

  private List<String> words() {
    List<String> words = new ArrayList<>();
    String status = watch.summary();
    boolean isReady = ready && !toldReady;
    if (isReady) {
      words.add("READY=1");
    }
    if (isReady || !status.equals(told)) {
      words.add("STATUS=" + status);
    }
    if (watchdogMicros > 0) {
      words.add("WATCHDOG=1");
    }
    toldReady |= isReady;
    told = status;
    return words;
  }

  private void tell(List<String> words) throws InterruptedException {
    try {
      run(words);
    } catch (IOException e) {
      // The next news may find the program, or the memory for it; one warning says enough.
      toldReady = false;
      if (!warned) {
        warnings.accept("systemd is not told what this agent does: " + e.getMessage());
      }
      warned = true;
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
