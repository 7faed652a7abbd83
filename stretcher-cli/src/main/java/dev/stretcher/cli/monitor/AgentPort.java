package dev.stretcher.cli.monitor;

import com.sun.net.httpserver.HttpExchange;
import dev.stretcher.cli.http.Answer;
import dev.stretcher.cli.http.Exposition;
import dev.stretcher.cli.http.HttpPort;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Answers {@code /metrics} and {@code /healthz} over HTTP. */
public final class AgentPort implements Closeable {
  private final HttpPort port;

  private AgentPort(HttpPort port) {
    this.port = port;
  }

  /**
   * Begins to answer.
   *
   * @throws IOException if it cannot; the message says where
   */
  public static AgentPort open(InetSocketAddress address, AgentWatch watch, AgentMetrics metrics)
      throws IOException {
    return new AgentPort(
        HttpPort.open(address, exchange -> answer(exchange, watch, metrics).send(exchange)));
  }

  /** Returns where it listens: port 0 has become a free one. */
  public InetSocketAddress address() {
    return port.address();
  }

  private static Answer answer(HttpExchange exchange, AgentWatch watch, AgentMetrics metrics)
      throws IOException {
    return switch (exchange.getRequestURI().getPath()) {
      case "/healthz" ->
          Answer.text(
              watch.isHealthy() ? Answer.OK : Answer.UNAVAILABLE,
              watch.health() + "\n" + watch.summary() + "\n" + watch.reasons());
      case "/metrics" -> Exposition.of(exchange, metrics.snapshots());
      default -> Answer.text(Answer.NOT_FOUND, "there are /metrics and /healthz\n");
    };
  }

  /** Answers no more. */
  @Override
  public void close() {
    port.close();
  }
}
