package dev.stretcher.cli.http;

import java.util.concurrent.ThreadFactory;

/** Threads that do not keep the JVM from ending. */
public final class Daemons {
  private Daemons() {}

  /** Returns what makes threads with such a name. */
  public static ThreadFactory named(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
