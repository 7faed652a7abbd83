package dev.stretcher.publication;

import dev.stretcher.publish.ObjectName;
import dev.stretcher.publish.ObjectStore;
import dev.stretcher.publish.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A manifest in a store of objects.
 *
 * @param text what is in it, as far as it is not absurdly long
 */
record PublishedManifest(ObjectName name, String text) {
  private static final int LONGEST = 1 << 20;

  /** An archive or a table of contents, whose name begins as its digest does. */
  private static final Pattern BY_CONTENT =
      Pattern.compile("([0-9a-f]{16})\\.(?:tar\\.gz|tgz|tar\\.zst|toc)");

  static List<PublishedManifest> newestFirst(ObjectStore objects, List<StoredObject> all)
      throws IOException, InterruptedException {
    List<StoredObject> found =
        all.stream()
            .filter(each -> each.name().text().endsWith(ObjectNames.MANIFEST))
            .sorted(
                Comparator.comparing((StoredObject each) -> each.written().orElse(Instant.EPOCH))
                    .thenComparing(StoredObject::name)
                    .reversed())
            .toList();
    List<PublishedManifest> manifests = new ArrayList<>();
    for (StoredObject each : found) {
      try (InputStream in = objects.open(each.name())) {
        byte[] bytes = in.readNBytes(LONGEST);
        manifests.add(
            new PublishedManifest(each.name(), new String(bytes, StandardCharsets.UTF_8)));
      }
    }
    return manifests;
  }

  /** Returns what the version is called. */
  String id() {
    String file = file(name);
    return file.substring(0, file.length() - ObjectNames.MANIFEST.length());
  }

  /** Tells whether publishing makes objects of such a name that belong to a manifest. */
  static boolean mayBeNamed(ObjectName object) {
    return isSignature(object) || BY_CONTENT.matcher(file(object)).matches();
  }

  /** Tells whether this needs an object, wherever in the text it is named. */
  boolean names(ObjectName object) {
    if (isSignature(object)) {
      return object.text().equals(name + ObjectNames.SIGNATURE);
    }
    Matcher content = BY_CONTENT.matcher(file(object));
    return content.matches()
        ? text.contains(content.group(1))
        : new YamlLines(text).value("src").orElse("").endsWith("/" + object);
  }

  private static boolean isSignature(ObjectName object) {
    return object.text().endsWith(ObjectNames.MANIFEST + ObjectNames.SIGNATURE);
  }

  private static String file(ObjectName object) {
    return object.text().substring(object.text().lastIndexOf('/') + 1);
  }
}
