package dev.stretcher.internal.dest;

/**
 * A deploy's place in a queue.
 *
 * @param id distinguishes two places of the same order
 */
record Place(Order order, String id) {
  /** Returns the form that is part of a ticket's name. */
  String text() {
    return order.text() + "-" + id;
  }

  /** Reads a text that begins with {@link #text}. */
  static Place parse(String text) {
    return new Place(Order.parse(text), text.substring(text.lastIndexOf('-') + 1));
  }
}
