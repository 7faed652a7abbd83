package dev.stretcher.cli.http;

import com.sun.net.httpserver.HttpExchange;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Figures in the text formats of Prometheus. Only who listens loads this class and the library
 * behind it.
 */
public final class Exposition {
  private static final ExpositionFormats FORMATS = ExpositionFormats.init();

  private Exposition() {}

  /** Returns figures in the format that the client wants most. */
  public static Answer of(HttpExchange exchange, MetricSnapshots snapshots) throws IOException {
    String wanted = exchange.getRequestHeaders().getFirst("Accept");
    ExpositionFormatWriter writer = FORMATS.findWriter(Objects.requireNonNullElse(wanted, ""));
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    writer.write(text, snapshots);
    return new Answer(Answer.OK, writer.getContentType(), text.toString(StandardCharsets.UTF_8));
  }
}
