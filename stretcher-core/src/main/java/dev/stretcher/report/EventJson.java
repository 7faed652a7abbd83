package dev.stretcher.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.RedactedUri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Renders events as lines of JSON, for programs: each is an object with the time, the host, the
 * deploy and its dest, the event and all its data. The lines never contain a secret of a URL or of
 * a variable. The fields are in {@code docs/reference/events.md}.
 *
 * <p>Immutable and thread-safe.
 */
public final class EventJson {
  private static final Path KERNEL_HOSTNAME = Path.of("/proc/sys/kernel/hostname");

  private final JsonFactory json = new JsonFactory();
  private final Clock clock;
  private final String host;
  private final Secrets secrets;

  /**
   * Creates a renderer.
   *
   * @param clock tells the time of an event
   * @param host the name of the host in the lines, such as {@link #localHost}
   */
  public EventJson(Clock clock, String host) {
    this(clock, host, Secrets.NONE);
  }

  /**
   * Creates a renderer that masks secrets.
   *
   * @param clock tells the time of an event
   * @param host the name of the host in the lines, such as {@link #localHost}
   * @param secrets what is masked in all texts
   */
  public EventJson(Clock clock, String host, Secrets secrets) {
    this.clock = clock;
    this.host = host;
    this.secrets = secrets;
  }

  /** Returns the name of this host, from the kernel if it tells the name. */
  public static String localHost() {
    try {
      return Files.readString(KERNEL_HOSTNAME, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (IOException unknown) {
        return "localhost";
      }
    }
  }

  /** Returns an event as one line, without its end. */
  public String line(DeployIdentity deploy, DeployEvent event) {
    StringBuilder line = new StringBuilder();
    try {
      write(deploy, event, line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString();
  }

  /**
   * Writes an event as one line, without its end; piece by piece, since a plan may be long.
   *
   * @throws IOException if {@code out} fails
   */
  public void write(DeployIdentity deploy, DeployEvent event, Appendable out) throws IOException {
    try (JsonGenerator generator = json.createGenerator(new AppendableWriter(out))) {
      write(generator, fields(deploy, event));
    }
  }

  private Map<String, Object> fields(DeployIdentity deploy, DeployEvent event) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("time", new EventFields.Fixed(Instant.now(clock).toString()));
    fields.put("host", new EventFields.Fixed(host));
    deploy.id().ifPresent(id -> fields.put("deploy", new EventFields.Fixed(id)));
    deploy.manifest().ifPresent(uri -> fields.put("manifestUrl", RedactedUri.of(uri)));
    deploy.dest().ifPresent(dest -> fields.put("dest", NativeText.text(dest)));
    fields.put("event", new EventFields.Fixed(event.getClass().getSimpleName()));
    fields.put("message", event.message());
    EventFields.putAll(fields, (Record) event);
    return fields;
  }

  private void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> field : map.entrySet()) {
        json.writeFieldName((String) field.getKey());
        write(json, field.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object item : list) {
        write(json, item);
      }
      json.writeEndArray();
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else if (value instanceof Boolean bool) {
      json.writeBoolean(bool);
    } else if (value instanceof EventFields.Fixed fixed) {
      json.writeString(fixed.text());
    } else {
      json.writeString(value == null ? null : secrets.apply((String) value));
    }
  }
}
