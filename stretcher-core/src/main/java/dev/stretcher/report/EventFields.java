package dev.stretcher.report;

import dev.stretcher.ledger.BootTime;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.manifest.ManifestKey;
import dev.stretcher.manifest.ManifestKeys;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.RedactedUri;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The data of an event as plain data: texts, numbers, truth values, and lists and maps of these.
 * Each component of a record is a field with the component's name. A duration is a number of
 * seconds; an absent value has no field.
 */
final class EventFields {
  private static final double NANOS = 1e9;

  /** A text that programs compare, such as a time or an outcome: nothing in it is masked. */
  record Fixed(String text) {}

  private EventFields() {}

  /** Puts the components of a record into {@code fields}. */
  static void putAll(Map<String, Object> fields, Record of) {
    for (RecordComponent component : of.getClass().getRecordComponents()) {
      put(fields, component.getName(), value(component, of));
    }
  }

  private static @Nullable Object value(RecordComponent component, Record of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(e);
    }
  }

  static void put(Map<String, Object> fields, String name, @Nullable Object given) {
    Object value = given instanceof Optional<?> optional ? optional.orElse(null) : given;
    if (value instanceof Duration duration) {
      fields.put(name + "Seconds", duration.toNanos() / NANOS);
    } else if (value instanceof StretcherException failure) {
      FailureFields.putAll(fields, name, failure);
    } else {
      Object plain = plain(value);
      if (plain != null) {
        fields.put(name, plain);
      }
    }
  }

  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof OptionalLong number) {
      return number.isPresent() ? number.getAsLong() : null;
    }
    // When a deploy was, since the host was booted, is no one else's business.
    if (value == null || value instanceof BootTime) {
      return null;
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value;
    }
    return value instanceof List<?> || value instanceof Map<?, ?> || value instanceof Record
        ? composed(value)
        : text(value);
  }

  private static Object composed(Object value) {
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>(list.size());
      for (Object item : list) {
        Object plain = plain(item);
        if (plain != null) {
          items.add(plain);
        }
      }
      return items;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> put(fields, (String) key, each));
    } else if (value instanceof Manifest manifest) {
      for (ManifestKey<?> key : ManifestKeys.ALL) {
        put(fields, key.name(), key.shownOf(manifest));
      }
    } else {
      if (value instanceof DeployRequest.Origin) {
        fields.put("type", value.getClass().getSimpleName().toLowerCase(Locale.ROOT));
      }
      putAll(fields, (Record) value);
    }
    return fields;
  }

  private static Object text(Object value) {
    if (value instanceof URI uri) {
      return RedactedUri.of(uri);
    }
    if (value instanceof Path path) {
      return NativeText.text(path);
    }
    if (value instanceof Enum<?> constant) {
      return new Fixed(constant.name().toLowerCase(Locale.ROOT));
    }
    return value instanceof Instant ? new Fixed(value.toString()) : value.toString();
  }
}
