package dev.stretcher.internal.reserved;

import dev.stretcher.file.RealPath;
import dev.stretcher.internal.reserved.Place.Finding;
import dev.stretcher.internal.reserved.Reserved.Reach;
import dev.stretcher.report.OpenFiles;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The directories that a slip must not empty: directories of the system, homes of users, and the
 * files of this program. Immutable and thread-safe; reads nothing before a dest is checked.
 */
public final class ReservedDirectories {
  private final Path root;
  private final List<Reserved> own;

  /**
   * Creates the list.
   *
   * @param root {@code /} but in tests
   * @param own the files and directories of this program
   */
  public ReservedDirectories(Path root, List<Reserved> own) {
    this.root = root;
    this.own = List.copyOf(own);
  }

  /**
   * Returns why a directory cannot be dest, unless {@code allowed} names that very directory: by
   * its own path, or by the path of a directory of the system that leads there. A link that someone
   * else could change does not count as a name.
   *
   * @param dest an absolute path, which may not exist
   * @param real the path that it leads to, without symbolic links
   * @param closely whether to follow the links of the system's directories and homes, and to heed
   *     mounts; false if dest was checked closely before, so that only a link in its way may have
   *     changed
   * @param warnings takes what could not be found out
   */
  public Optional<String> refuses(
      Path dest, Path real, List<Path> allowed, boolean closely, Consumer<String> warnings) {
    Place place = new Place(dest, real);
    if (!closely && place.named().equals(place.real())) {
      return Optional.empty();
    }
    List<Reserved> system = SystemDirectories.in(root);
    List<Reserved> all = new ArrayList<>(system);
    try {
      all.addAll(Homes.in(root));
    } catch (IOException e) {
      // Homes are as they were; only we cannot see them.
      if (OpenFiles.areTooFew(e)) {
        return Optional.of(
            "dest %s cannot be compared with the homes of users: %s; %s"
                .formatted(NativeText.text(dest), e.getMessage(), OpenFiles.remedy()));
      }
      warnings.accept(
          "%s cannot be read, so that homes of users can be deployed to: %s"
              .formatted(Homes.passwd(root), e.getMessage()));
    }
    all.addAll(own);
    List<Finding> found = place.look(all, closely);
    found.removeIf(finding -> isNamed(finding, place, allowed, system));
    return first(found).map(finding -> refusal(finding, place));
  }

  /** Returns the most specific relation. */
  private static Optional<Finding> first(List<Finding> found) {
    for (Relation relation : Relation.values()) {
      for (Finding finding : found) {
        if (finding.relation() == relation) {
          return Optional.of(finding);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isNamed(
      Finding finding, Place place, List<Path> allowed, List<Reserved> system) {
    return allowed.stream()
        .map(Path::normalize)
        .anyMatch(
            name ->
                name.equals(place.real())
                    || finding.byName() && name.equals(place.named())
                    || leadsTo(name, place, system));
  }

  private static boolean leadsTo(Path name, Place place, List<Reserved> system) {
    return system.stream().anyMatch(each -> each.path().equals(name))
        && RealPath.of(name).equals(place.real());
  }

  private static String refusal(Finding finding, Place place) {
    String named = NativeText.text(place.named());
    String real = NativeText.text(place.real());
    String shown = real.equals(named) ? named : named + " (" + real + ")";
    boolean below = finding.relation() != Relation.HOLDS && finding.reserved().reach() != Reach.ALL;
    return "dest %s %s, and allow_dest does not name exactly %s; deploy to %s"
        .formatted(
            shown,
            finding.relation().text(finding.reserved()),
            real,
            below ? "a directory below it" : "another directory");
  }
}
