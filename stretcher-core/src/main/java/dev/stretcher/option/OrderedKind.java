package dev.stretcher.option;

import org.jspecify.annotations.Nullable;

/**
 * A kind whose values have an order, and so may have bounds. Immutable and thread-safe.
 *
 * @param <C> the type of the value
 */
public final class OrderedKind<C extends Comparable<C>> extends Kind<C> {
  private final Kind<C> written;
  private final @Nullable C least;
  private final @Nullable C most;

  OrderedKind(Kind<C> written) {
    this(written, null, null);
  }

  private OrderedKind(Kind<C> written, @Nullable C least, @Nullable C most) {
    this.written = written;
    this.least = least;
    this.most = most;
  }

  /** Returns this kind with a least value. */
  public OrderedKind<C> from(C newLeast) {
    return new OrderedKind<>(written, newLeast, most);
  }

  /** Returns this kind with a least and a greatest value. */
  public OrderedKind<C> between(C newLeast, C newMost) {
    return new OrderedKind<>(written, newLeast, newMost);
  }

  @Override
  public String placeholder() {
    return written.placeholder();
  }

  @Override
  public C parse(String text) {
    return written.parse(text);
  }

  @Override
  public String text(C value) {
    return written.text(value);
  }

  @Override
  public boolean includes(C value) {
    return (least == null || value.compareTo(least) >= 0)
        && (most == null || value.compareTo(most) <= 0);
  }

  @Override
  public String expected() {
    if (least == null) {
      return "";
    }
    return most == null ? text(least) + " or more" : text(least) + " to " + text(most);
  }
}
