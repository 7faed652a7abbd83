package dev.stretcher.publication;

import dev.stretcher.fleet.AppName;
import dev.stretcher.publish.ObjectName;
import dev.stretcher.publish.ObjectStore;
import dev.stretcher.publish.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes old versions of an app: their manifests, and the archives that no other manifest of the
 * app names. What a run has left behind that did not come as far as its manifest stays.
 */
public final class Pruning {
  private static final int LONGEST_MANIFEST = 1 << 20;

  private final ObjectStore objects;
  private final List<ObjectName> surplus;

  private Pruning(ObjectStore objects, List<ObjectName> surplus) {
    this.objects = objects;
    this.surplus = List.copyOf(surplus);
  }

  /**
   * Looks what is too much.
   *
   * @param keep how many of the newest versions stay
   * @param ids versions that stay in any case
   * @throws UnpublishableException if the store of objects has no list
   * @throws IOException if it cannot be asked
   * @throws InterruptedException if the thread was interrupted
   */
  public static Pruning of(ObjectStore objects, AppName app, int keep, Set<String> ids)
      throws IOException, InterruptedException {
    String prefix = new ObjectNames(app).prefix();
    List<StoredObject> all =
        objects
            .list(prefix)
            .orElseThrow(
                () ->
                    new UnpublishableException(
                        "%s cannot list what it has; remove old versions there by other means"
                            .formatted(objects.name())));
    Set<ObjectName> names = new LinkedHashSet<>();
    all.forEach(each -> names.add(each.name()));
    List<StoredObject> manifests =
        all.stream()
            .filter(each -> each.name().text().endsWith(ObjectNames.MANIFEST))
            .sorted(
                Comparator.comparing((StoredObject each) -> each.written().orElse(Instant.EPOCH))
                    .thenComparing(StoredObject::name)
                    .reversed())
            .toList();
    return new Pruning(objects, surplus(objects, prefix, manifests, names, keep, ids));
  }

  private static List<ObjectName> surplus(
      ObjectStore objects,
      String prefix,
      List<StoredObject> manifests,
      Set<ObjectName> all,
      int keep,
      Set<String> ids)
      throws IOException, InterruptedException {
    Set<ObjectName> needed = new LinkedHashSet<>();
    Set<ObjectName> named = new LinkedHashSet<>();
    List<ObjectName> old = new ArrayList<>();
    for (int i = 0; i < manifests.size(); i++) {
      ObjectName manifest = manifests.get(i).name();
      String file = manifest.text().substring(prefix.length());
      String id = file.substring(0, file.length() - ObjectNames.MANIFEST.length());
      boolean stays = i < keep || ids.contains(id);
      contents(objects, prefix, manifest, all, stays ? needed : named);
      if (!stays) {
        old.add(new ObjectName(manifest + ObjectNames.SIGNATURE));
        old.add(manifest);
      }
    }
    named.removeAll(needed);
    // The manifest goes last: whoever is killed before finds the rest again.
    List<ObjectName> surplus = new ArrayList<>(named);
    surplus.addAll(old);
    surplus.retainAll(all);
    return surplus;
  }

  /** Adds the objects that a manifest names. */
  private static void contents(
      ObjectStore objects,
      String prefix,
      ObjectName manifest,
      Set<ObjectName> all,
      Set<ObjectName> found)
      throws IOException, InterruptedException {
    String text;
    try (InputStream in = objects.open(manifest)) {
      text = new String(in.readNBytes(LONGEST_MANIFEST), StandardCharsets.UTF_8);
    }
    YamlLines lines = new YamlLines(text);
    String src = lines.value("src").orElse("");
    String toc = lines.value("toc").orElse("");
    for (ObjectName each : all) {
      String file = each.text().substring(prefix.length());
      boolean isToc =
          file.endsWith(ObjectNames.TOC)
              && toc.contains(file.substring(0, file.length() - ObjectNames.TOC.length()));
      if (src.endsWith("/" + each.text()) || isToc) {
        found.add(each);
      }
    }
  }

  /** Returns what is too much, in the order in which it is removed. */
  public List<ObjectName> surplus() {
    return surplus;
  }

  /**
   * Removes it.
   *
   * @throws IOException if something cannot be removed; the same call may be made again
   * @throws InterruptedException if the thread was interrupted
   */
  public void remove() throws IOException, InterruptedException {
    for (ObjectName each : surplus) {
      objects.delete(each);
    }
  }
}
