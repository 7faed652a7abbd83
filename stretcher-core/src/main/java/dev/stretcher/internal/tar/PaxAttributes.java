package dev.stretcher.internal.tar;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The records of <a
 * href="https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_03">PAX
 * extended headers</a> that matter for an extraction. Immutable.
 *
 * <p>Names are kept as bytes, whatever {@code hdrcharset} says, as GNU tar does.
 */
final class PaxAttributes {
  static final PaxAttributes NONE = new PaxAttributes(Map.of(), new long[0]);

  private static final Set<String> KNOWN =
      Set.of(
          "path",
          "linkpath",
          "size",
          "mtime",
          "uid",
          "gid",
          "uname",
          "gname",
          "GNU.sparse.name",
          "GNU.sparse.major",
          "GNU.sparse.size",
          "GNU.sparse.realsize",
          "GNU.sparse.map");
  private static final String SPARSE = "GNU.sparse.";

  private final Map<String, byte[]> values;
  private final long[] sparseNumbers;

  private PaxAttributes(Map<String, byte[]> values, long[] sparseNumbers) {
    this.values = values;
    this.sparseNumbers = sparseNumbers;
  }

  /** Returns these attributes with those of a header's {@code content} added, or taken away. */
  PaxAttributes with(byte[] content) throws ArchiveException {
    Map<String, byte[]> merged = new HashMap<>(values);
    LongStream.@Nullable Builder numbers = null;
    PaxRecords records = new PaxRecords(content);
    while (records.next()) {
      String key = records.key();
      if (key.equals(SPARSE + "offset") || key.equals(SPARSE + "numbytes")) {
        // Hardly any header has them, and each entry may have a header.
        numbers = numbers == null ? LongStream.builder() : numbers;
        numbers.add(PaxNumber.natural(key, records.value()));
      } else if (KNOWN.contains(key)) {
        merged.put(key, records.value());
      }
    }
    return new PaxAttributes(
        merged, numbers == null ? NONE.sparseNumbers : numbers.build().toArray());
  }

  /** Returns these attributes, overridden by {@code local} ones. */
  PaxAttributes overriddenBy(PaxAttributes local) {
    if (values.isEmpty()) {
      return local;
    }
    Map<String, byte[]> merged = new HashMap<>(values);
    merged.putAll(local.values);
    return new PaxAttributes(merged, local.sparseNumbers);
  }

  /** Returns a value; an empty one takes back what an earlier or a global header said. */
  byte @Nullable [] bytes(String key) {
    byte[] value = values.get(key);
    return value == null || value.length == 0 ? null : value;
  }

  /** Returns a string byte by byte, as Latin-1. */
  @Nullable String text(String key) {
    byte[] value = bytes(key);
    return value == null ? null : new String(value, StandardCharsets.ISO_8859_1);
  }

  long natural(String key, long otherwise) throws ArchiveException {
    byte[] value = bytes(key);
    return value == null ? otherwise : PaxNumber.natural(key, value);
  }

  /** Returns the offsets and lengths, in turn, that a header of sparse format 0.0 repeats. */
  long[] sparseNumbers() {
    return sparseNumbers;
  }
}
