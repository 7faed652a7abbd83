package dev.stretcher.internal.tar;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;

/** Reads the decimal numbers and times of PAX records. */
final class PaxNumber {
  private static final Pattern NATURAL = Pattern.compile("[0-9]{1,18}");
  private static final Pattern TIME = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{0,64})?");

  private PaxNumber() {}

  static long natural(String key, byte[] value) throws ArchiveException {
    String text = new String(value, StandardCharsets.ISO_8859_1);
    if (!NATURAL.matcher(text).matches()) {
      throw malformed(key, value);
    }
    return Long.parseLong(text);
  }

  /** Returns a time in seconds with an optional fraction, which is cut to nanoseconds. */
  static Instant time(String key, byte[] value) throws ArchiveException {
    String text = new String(value, StandardCharsets.ISO_8859_1);
    if (!TIME.matcher(text).matches()) {
      throw malformed(key, value);
    }
    BigDecimal exact = new BigDecimal(text);
    BigDecimal seconds = exact.setScale(0, RoundingMode.FLOOR);
    BigDecimal fraction = exact.subtract(seconds).movePointRight(9);
    try {
      return Instant.ofEpochSecond(seconds.longValueExact(), fraction.longValue());
    } catch (DateTimeException e) {
      throw malformed(key, value);
    }
  }

  private static ArchiveException malformed(String key, byte[] value) {
    return ArchiveException.of(
        "a PAX extended header has "
            + key
            + "="
            + EntryName.text(value)
            + ", expected a decimal number; build and upload the archive again");
  }
}
