package dev.stretcher.publication;

import dev.stretcher.fleet.AppName;
import dev.stretcher.publish.ObjectName;
import dev.stretcher.publish.ObjectStore;
import dev.stretcher.publish.StoredObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Removes old versions of an app: their manifests, and the archives that no other manifest of the
 * app names.
 *
 * <p>A manifest goes before what it names, so that whoever is killed on the way leaves no version
 * that cannot be fetched. What such a run leaves, or one that did not come as far as its manifest,
 * goes a day after it was written: until then somebody may be about to publish it.
 */
public final class Pruning {
  private static final Duration LONGEST_PUBLICATION = Duration.ofDays(1);

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
    return of(objects, app, keep, ids, InstantSource.system());
  }

  static Pruning of(
      ObjectStore objects, AppName app, int keep, Set<String> ids, InstantSource clock)
      throws IOException, InterruptedException {
    List<StoredObject> all =
        objects
            .list(new ObjectNames(app).prefix())
            .orElseThrow(
                () ->
                    new UnpublishableException(
                        "%s cannot list what it has; remove old versions there by other means"
                            .formatted(objects.name())));
    List<PublishedManifest> manifests = PublishedManifest.newestFirst(objects, all);
    List<PublishedManifest> old = new ArrayList<>();
    for (int i = keep; i < manifests.size(); i++) {
      if (!ids.contains(manifests.get(i).id())) {
        old.add(manifests.get(i));
      }
    }
    manifests.removeAll(old);
    return new Pruning(
        objects, surplus(all, manifests, old, clock.instant().minus(LONGEST_PUBLICATION)));
  }

  private static List<ObjectName> surplus(
      List<StoredObject> all,
      List<PublishedManifest> stay,
      List<PublishedManifest> old,
      Instant before) {
    List<ObjectName> surplus = new ArrayList<>();
    old.forEach(each -> surplus.add(each.name()));
    for (StoredObject each : all) {
      ObjectName name = each.name();
      boolean isOld = old.stream().anyMatch(it -> it.names(name));
      boolean isLeft =
          PublishedManifest.mayBeNamed(name)
              && each.written().filter(time -> time.isBefore(before)).isPresent();
      if ((isOld || isLeft) && stay.stream().noneMatch(it -> it.names(name))) {
        surplus.add(name);
      }
    }
    return surplus;
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
