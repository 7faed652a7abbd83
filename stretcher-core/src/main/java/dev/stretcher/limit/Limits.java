package dev.stretcher.limit;

import java.util.EnumMap;
import java.util.Map;

/**
 * A value for each {@link Limit}. Immutable.
 *
 * <pre>{@code
 * Limits limits = Limits.DEFAULT.with(Limit.ENTRIES, 10_000);
 * }</pre>
 */
public final class Limits {
  /** The default of each. */
  public static final Limits DEFAULT = new Limits(new EnumMap<>(Limit.class));

  private final Map<Limit, Long> changed;

  private Limits(Map<Limit, Long> changed) {
    this.changed = changed;
  }

  /** Returns the value of one. */
  public long get(Limit limit) {
    return changed.getOrDefault(limit, limit.standard());
  }

  /** Returns the value of one whose values all fit an {@code int}. */
  public int size(Limit limit) {
    return Math.toIntExact(get(limit));
  }

  /**
   * Returns these limits with another value for one of them.
   *
   * @throws IllegalArgumentException if it is out of range
   */
  public Limits with(Limit limit, long value) {
    limit.requireInRange(value);
    Map<Limit, Long> copy = new EnumMap<>(Limit.class);
    copy.putAll(changed);
    copy.put(limit, value);
    return new Limits(copy);
  }

  /** Says that a limit was exceeded, and how to raise it: the end of a message. */
  public String exceeded(Limit limit) {
    String most = limit.text(get(limit));
    boolean bare = limit.isSize() && most.matches("[0-9]+");
    return "more than %s%s; if it is right, raise --%s"
        .formatted(most, bare ? " bytes" : "", limit.flag());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Limits limits && changed.equals(limits.changed);
  }

  @Override
  public int hashCode() {
    return changed.hashCode();
  }

  @Override
  public String toString() {
    return "Limits" + changed;
  }
}
