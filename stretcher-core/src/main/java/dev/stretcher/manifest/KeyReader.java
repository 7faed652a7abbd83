package dev.stretcher.manifest;

import dev.stretcher.text.Problem;
import dev.stretcher.yaml.Fields;
import dev.stretcher.yaml.YamlNode.Mapping;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the keys of a mapping, and collects all problems in them. */
final class KeyReader {
  private final Fields fields;
  private final List<Problem> problems;

  KeyReader(Mapping root, List<Problem> problems, List<Problem> warnings) {
    this.fields = Fields.of(root, "", names(), problems, warnings);
    this.problems = problems;
  }

  private static Set<String> names() {
    Set<String> names = new HashSet<>();
    for (ManifestKey<?> key : ManifestKeys.ALL) {
      names.add(key.name());
    }
    return names;
  }

  /**
   * Returns the values. Without src, the keys that describe the archive do not matter, right or
   * wrong.
   */
  ManifestValues read() {
    boolean src = fields.hasValue(ManifestKeys.SRC.name());
    ManifestValues values = new ManifestValues();
    for (ManifestKey<?> key : ManifestKeys.ALL) {
      if (src || !key.needsSrc()) {
        read(key, values);
      }
    }
    if (problems.isEmpty() && !src && !fields.hasValue(ManifestKeys.COMMANDS.name())) {
      problems.add(
          new Problem(0, 0, "it has neither src nor commands, so there is nothing to deploy"));
    }
    return values;
  }

  private void read(ManifestKey<?> key, ManifestValues values) {
    int before = problems.size();
    Object value = key.read(fields).orElse(null);
    if (problems.size() == before) {
      values.put(key, value);
    } else {
      values.putWrong(key);
    }
  }
}
