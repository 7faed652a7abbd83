package dev.stretcher.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The input and the output of a child. */
final class Conversation implements AutoCloseable {
  // How long what a program left behind may still be heard.
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final InputFeeder feeder;
  private final List<OutputPump> pumps = new ArrayList<>();
  private final SearchPath programs;

  Conversation(Process process, Command command, SearchPath programs) {
    this.programs = programs;
    feeder = new InputFeeder(process, command.input());
    OutputPipe out = OutputPipe.open(process.pid(), 1, process.getInputStream());
    pumps.add(new OutputPump(out, command.output(), "stdout of " + process.pid()));
    command
        .errors()
        .ifPresent(
            lines -> {
              OutputPipe err = OutputPipe.open(process.pid(), 2, process.getErrorStream());
              pumps.add(new OutputPump(err, lines, "stderr of " + process.pid()));
            });
  }

  /** Starts to listen, then lets the child through its gate. */
  void start() {
    pumps.forEach(OutputPump::start);
    feeder.start();
  }

  /** Delivers the rest of the output, once the child is gone. */
  void finish() throws InterruptedException {
    feeder.close();
    long deadline = System.nanoTime() + LAST_WORDS.toNanos();
    for (OutputPump pump : pumps) {
      pump.finish(deadline, programs);
    }
  }

  void rethrowFailure() throws IOException {
    pumps.forEach(OutputPump::rethrowFailure);
    feeder.rethrowFailure();
  }

  @Override
  public void close() {
    feeder.close();
    pumps.forEach(OutputPump::close);
  }
}
