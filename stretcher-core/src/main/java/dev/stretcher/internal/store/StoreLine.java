package dev.stretcher.internal.store;

import dev.stretcher.json.JsonFields;
import dev.stretcher.json.JsonLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The lines of a store's file: how they are written and read. */
sealed interface StoreLine {
  /** What the line with the value of a {@link Put} begins with, which is read when it is asked. */
  byte[] VALUE = "{\"value\":".getBytes(StandardCharsets.US_ASCII);

  /** What a {@link Commit} begins with. */
  byte[] COMMIT = "{\"version\":".getBytes(StandardCharsets.US_ASCII);

  /** The format that this version writes and knows. */
  long FORMAT = 1;

  /**
   * The first line.
   *
   * @param format see {@link #FORMAT}
   * @param from the version of the store before the first transaction, or at it if the file was
   *     written anew
   */
  record Header(long format, long from) implements StoreLine {}

  /**
   * A key is set to the value in the next line.
   *
   * @param at the version of the key, if it is not that of the transaction
   */
  record Put(String key, long flags, Optional<String> lease, Optional<Long> at)
      implements StoreLine {}

  /** A key is deleted. */
  record Delete(String key) implements StoreLine {}

  /** A lease lasts until a time. */
  record Until(String lease, LeaseTime end) implements StoreLine {}

  /** A lease has ended. */
  record Ended(String lease) implements StoreLine {}

  /**
   * The lines before it are a transaction.
   *
   * @param version that of the store after it
   * @param sum the checksum of these lines and of all before them
   */
  record Commit(long version, long sum) implements StoreLine {}

  /**
   * Reads a line that is no value.
   *
   * @throws IOException if it is none of these
   */
  static StoreLine parse(String text) throws IOException {
    JsonFields fields = JsonFields.parse(text);
    if (fields.get("set").isPresent()) {
      return new Put(
          fields.require("set"),
          fields.get("flags").isPresent() ? fields.requireNumber("flags") : 0,
          fields.get("lease"),
          fields.get("at").isPresent()
              ? Optional.of(fields.requireNumber("at"))
              : Optional.empty());
    }
    if (fields.get("version").isPresent()) {
      return new Commit(fields.requireNumber("version"), fields.requireNumber("sum"));
    }
    if (fields.get("delete").isPresent()) {
      return new Delete(fields.require("delete"));
    }
    if (fields.get("ended").isPresent()) {
      return new Ended(fields.require("ended"));
    }
    if (fields.get("lease").isPresent()) {
      return new Until(
          fields.require("lease"),
          new LeaseTime(fields.require("boot"), fields.requireNumber("until")));
    }
    if (fields.get("stretcher").isPresent()) {
      return new Header(fields.requireNumber("format"), fields.requireNumber("from"));
    }
    throw new IOException("it is no line of a store");
  }

  /** Returns the text of the value in a line that begins with {@link #VALUE}. */
  static String value(String line) throws IOException {
    return JsonFields.parse(line).require("value");
  }

  /** Returns the first line of a file. */
  static String header(long from) {
    return line(new JsonLine().put("stretcher", "store").put("format", FORMAT).put("from", from));
  }

  /** Returns the two lines that set a key. */
  static String put(Put put, String value) {
    JsonLine json = new JsonLine().put("set", put.key());
    if (put.flags() != 0) {
      json.put("flags", put.flags());
    }
    json.put("lease", put.lease());
    if (put.at().isPresent()) {
      json.put("at", put.at().get());
    }
    return line(json) + line(new JsonLine().put("value", value));
  }

  /** Returns the line that deletes a key. */
  static String delete(String key) {
    return line(new JsonLine().put("delete", key));
  }

  /**
   * Returns the line that lets a lease last.
   *
   * @param purpose for people who look
   */
  static String until(String lease, LeaseTime end, String purpose) {
    return line(
        new JsonLine()
            .put("lease", lease)
            .put("boot", end.boot())
            .put("until", end.millis())
            .put("for", purpose));
  }

  /** Returns the line that ends a lease. */
  static String ended(String lease) {
    return line(new JsonLine().put("ended", lease));
  }

  /** Returns the line that ends a transaction. */
  static String commit(long version, long sum) {
    return line(new JsonLine().put("version", version).put("sum", sum));
  }

  private static String line(JsonLine json) {
    return json + "\n";
  }
}
