package dev.stretcher.cli.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.HookOutput;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.RedactedUri;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Prints each event to STDERR as one line, a JSON object: its time, its name, its message, and
 * those of its data that are numbers or text. What {@code success} and {@code failure} commands
 * print to STDOUT goes there as well.
 */
final class JsonLog implements DeployListener {
  private static final double NANOS = 1e9;

  private final JsonFactory json = new JsonFactory();
  private final Clock clock;
  private final PrintStream out;
  private final PrintStream err;

  JsonLog(Clock clock, PrintStream out, PrintStream err) {
    this.clock = clock;
    this.out = out;
    this.err = err;
  }

  @Override
  public void onEvent(DeployEvent event) {
    err.println(line(event));
    if (event instanceof DeployEvent.HookPrinted printed
        && Console.isReport(printed.phase())
        && printed.stream() == HookOutput.Stream.OUT) {
      out.println(printed.line());
    }
  }

  private String line(DeployEvent event) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = json.createGenerator(text)) {
      generator.writeStartObject();
      generator.writeStringField("time", Instant.now(clock).toString());
      generator.writeStringField("event", event.getClass().getSimpleName());
      generator.writeStringField("message", event.message());
      for (RecordComponent component : event.getClass().getRecordComponents()) {
        write(generator, component, event);
      }
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator generator, RecordComponent component, DeployEvent event)
      throws IOException {
    Object value = value(component, event);
    String name = component.getName();
    if (name.equals("message")) {
      return;
    }
    if (value instanceof Long || value instanceof Integer) {
      generator.writeNumberField(name, ((Number) value).longValue());
    } else if (value instanceof Boolean bool) {
      generator.writeBooleanField(name, bool);
    } else if (value instanceof Duration duration) {
      generator.writeNumberField(name + "Seconds", duration.toNanos() / NANOS);
    } else {
      String text = text(value);
      if (text != null) {
        generator.writeStringField(name, text);
      }
    }
  }

  /** Returns what is text; never a secret of a URL. */
  private static @Nullable String text(@Nullable Object value) {
    if (value instanceof String string) {
      return string;
    }
    if (value instanceof URI uri) {
      return RedactedUri.of(uri);
    }
    if (value instanceof Path path) {
      return NativeText.text(path);
    }
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }
    return value instanceof StretcherException e ? e.getClass().getSimpleName() : null;
  }

  private static @Nullable Object value(RecordComponent component, DeployEvent event) {
    try {
      return component.getAccessor().invoke(event);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }
}
