package dev.stretcher.sync.internal.filter;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Excludes, and what the manual says that they do with names.
 *
 * @param patterns as they are given to {@code --exclude}
 * @param copied names that they let through, as in {@link Names}
 * @param left names that they leave out
 */
record ManualExample(List<String> patterns, List<String> copied, List<String> left) {
  static ManualExample exclude(String... patterns) {
    return new ManualExample(List.of(patterns), List.of(), List.of());
  }

  ManualExample copies(String... names) {
    return new ManualExample(patterns, List.of(names), left);
  }

  ManualExample leaves(String... names) {
    return new ManualExample(patterns, copied, List.of(names));
  }

  /** Returns the tree; directories are those that names have in them or that end with a slash. */
  Names tree() {
    return Names.of(Stream.concat(copied.stream(), left.stream()).toList());
  }

  /** Returns those of {@code names} that the example says something about. */
  List<String> written(Set<String> names) {
    return names.stream().filter(name -> copied.contains(name) || left.contains(name)).toList();
  }

  @Override
  public String toString() {
    return "excludes " + patterns + ", copies " + copied + ", leaves " + left;
  }
}
