package dev.stretcher.option;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to deploy, as far as the manifest does not say: a value for each {@link Setting}. Immutable
 * and thread-safe.
 *
 * <pre>{@code
 * Options options =
 *     Options.DEFAULT.with(Settings.RETRY, 5).with(Settings.RETRY_WAIT, Duration.ofSeconds(1));
 * }</pre>
 */
public final class Options {
  /** The default of each setting. */
  public static final Options DEFAULT = new Options(Map.of());

  private final Map<Setting<?>, Object> values;

  private Options(Map<Setting<?>, Object> values) {
    this.values = values;
  }

  /** Returns the value of a setting. */
  @SuppressWarnings("unchecked") // with() puts nothing but values of the setting's type
  public <T> T get(Setting<T> setting) {
    Object value = values.get(setting);
    return value == null ? setting.standard() : (T) value;
  }

  /** Returns the value of a setting whose values all fit an {@code int}. */
  public int size(Setting<Long> setting) {
    return Math.toIntExact(get(setting));
  }

  /** Returns the value of a limit; empty if the value is 0, which means no limit. */
  public Optional<Duration> limit(Setting<Duration> setting) {
    Duration limit = get(setting);
    return limit.isZero() ? Optional.empty() : Optional.of(limit);
  }

  /** Tells whether a value was set, even if it is the default. */
  public boolean isSet(Setting<?> setting) {
    return values.containsKey(setting);
  }

  /**
   * Returns these options with another value of one setting.
   *
   * @throws IllegalArgumentException if the value is out of bounds
   */
  public <T> Options with(Setting<T> setting, T value) {
    setting.require(value);
    Map<Setting<?>, Object> copy = new HashMap<>(values);
    // A list that its maker changes later changes nothing here.
    copy.put(setting, value instanceof List<?> list ? List.copyOf(list) : value);
    return new Options(copy);
  }

  /**
   * Returns these options with another value of one setting, which may be an {@code int}.
   *
   * @throws IllegalArgumentException if the value is out of bounds
   */
  public Options with(Setting<Long> setting, long value) {
    return with(setting, Long.valueOf(value));
  }

  /** Returns these options without a value of one setting, which has its default again. */
  public Options without(Setting<?> setting) {
    Map<Setting<?>, Object> copy = new HashMap<>(values);
    copy.remove(setting);
    return new Options(copy);
  }

  /** Says that a limit was exceeded, and how to raise it: the end of a message. */
  public String exceeded(Setting<Long> limit) {
    String most = limit.kind().text(get(limit));
    boolean bare = limit.kind().placeholder().equals("SIZE") && most.matches("[0-9]+");
    return "more than %s%s; if it is right, raise %s"
        .formatted(most, bare ? " bytes" : "", limit.mention());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Options options && values.equals(options.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "Options" + values;
  }
}
