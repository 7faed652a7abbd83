package dev.stretcher.internal.dest;

/**
 * Someone's place in a queue.
 *
 * @param id tells two of the same order apart
 */
record Place(Order order, String id) {
  /** Returns what is a part of a ticket's name. */
  String text() {
    return order.text() + "-" + id;
  }

  /** Reads what begins with {@link #text}. */
  static Place parse(String text) {
    return new Place(Order.parse(text), text.substring(text.lastIndexOf('-') + 1));
  }
}
