package dev.stretcher.manifest;

import dev.stretcher.yaml.YamlWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the YAML form of a manifest. {@link ManifestReader} reads an equal manifest from it, in
 * any environment, without a warning, with these exceptions: characters of {@code src} beyond ASCII
 * are percent-encoded then; and the reader refuses a value that no text has, such as a name with a
 * NUL, a {@code src} without a path, such as {@code mailto:x}, and a name in {@code env} of more
 * than some 1000 characters, which is longer than a key in YAML may be. Stateless and thread-safe.
 *
 * <p>A manifest that was read from a text is not written as that text was: comments, templates and
 * unknown keys are gone.
 */
public final class ManifestWriter {
  private ManifestWriter() {}

  /** Returns the text of a manifest. It has all values, secret ones too. */
  public static String write(Manifest manifest) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (ManifestKey<?> key : ManifestKeys.ALL) {
      Optional<Object> value = key.writtenOf(manifest);
      value.ifPresent(each -> values.put(key.name(), each));
    }
    return YamlWriter.write(values);
  }
}
