package dev.stretcher.manifest;

import dev.stretcher.yaml.Fields;
import dev.stretcher.yaml.YamlNode.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code env}: variables, whose names a shell can write. */
final class EnvField {
  private EnvField() {}

  static Map<String, String> read(Fields fields, String name) {
    Map<String, String> env = new LinkedHashMap<>();
    for (Map.Entry<Scalar, String> each : fields.map(name).entrySet()) {
      Scalar key = each.getKey();
      if (!key.text().matches("[A-Za-z_][A-Za-z0-9_]*")) {
        fields.problem(
            key,
            "env: %s is not a name of a variable; use letters, digits and _"
                .formatted(key.shown()));
      }
      env.put(key.text(), each.getValue());
    }
    return env;
  }
}
