package dev.stretcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.ledger.BootTime;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.manifest.ManifestKey;
import dev.stretcher.manifest.ManifestKeys;
import dev.stretcher.spi.DeployRequest;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page on the JSON of events names each event, each object and each field. */
class EventsReferenceTest {
  @Test
  void everyFieldOfEveryEventIsInTheReference() throws Exception {
    String page = Files.readString(Path.of("../docs/reference/events.md"), StandardCharsets.UTF_8);
    Set<Class<?>> objects = new LinkedHashSet<>();
    List<String> rows = new ArrayList<>();
    for (Class<?> event : DeployEvent.class.getPermittedSubclasses()) {
      rows.add(row(event.getSimpleName(), fields(event, objects)));
    }
    for (Class<?> object : objects) {
      rows.add(row(object.getSimpleName(), fieldsOfObject(object)));
    }

    for (Class<?> failure : StretcherException.class.getPermittedSubclasses()) {
      rows.add("\n| `%s` |".formatted(failure.getSimpleName()));
    }

    assertThat(rows).hasSizeGreaterThan(60).allSatisfy(row -> assertThat(page).contains(row));
  }

  private static String row(String name, List<String> fields) {
    String shown =
        fields.stream().map(field -> "`" + field + "`").collect(Collectors.joining(", "));
    return "\n| `%s` | %s |".formatted(name, shown.isEmpty() ? "—" : shown);
  }

  private static List<String> fieldsOfObject(Class<?> type) {
    if (type == Manifest.class) {
      return ManifestKeys.ALL.stream().map(ManifestKey::name).toList();
    }
    List<String> fields = new ArrayList<>();
    if (DeployRequest.Origin.class.isAssignableFrom(type)) {
      fields.add("type");
    }
    fields.addAll(fields(type, new LinkedHashSet<>()));
    return fields;
  }

  private static List<String> fields(Class<?> record, Set<Class<?>> objects) {
    List<String> fields = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      Class<?> type = type(component.getGenericType());
      String name = component.getName();
      if (StretcherException.class.isAssignableFrom(type)) {
        fields.addAll(List.of(name, "stage", "reason", "remedy"));
      } else if (type == Duration.class) {
        fields.add(name + "Seconds");
      } else if (type != BootTime.class && !name.equals("message")) {
        fields.add(name);
        add(type, objects);
      } else if (!DeployEvent.class.isAssignableFrom(record) && name.equals("message")) {
        fields.add(name);
      }
    }
    return fields;
  }

  /** Adds a type that is an object, and those in it. */
  private static void add(Class<?> type, Set<Class<?>> objects) {
    if (type.isSealed()) {
      for (Class<?> each : type.getPermittedSubclasses()) {
        add(each, objects);
      }
    } else if (type.isRecord() && objects.add(type) && type != Manifest.class) {
      fields(type, objects);
    }
  }

  /** Returns a type, or what an optional or a list has. */
  private static Class<?> type(Type type) {
    return type instanceof ParameterizedType parameterized
        ? type(parameterized.getActualTypeArguments()[0])
        : (Class<?>) type;
  }
}
