package dev.stretcher.manifest;

import java.util.Locale;
import java.util.Optional;

/**
 * A checksum of an archive: an algorithm and its value in lower-case hexadecimal.
 *
 * @param algorithm how it was computed
 * @param hex the value, {@link Algorithm#hexLength} characters of {@code 0-9a-f}
 */
public record Digest(Algorithm algorithm, String hex) {
  /** The digests that a manifest may name; the value's length tells which one it is. */
  public enum Algorithm {
    /** RFC 1321; only for archives of old tool chains. */
    MD5("MD5", 32),
    /** RFC 3174; only for archives of old tool chains. */
    SHA1("SHA-1", 40),
    /** FIPS 180-4. */
    SHA256("SHA-256", 64),
    /** FIPS 180-4. */
    SHA512("SHA-512", 128);

    private final String standardName;
    private final int hexLength;

    Algorithm(String standardName, int hexLength) {
      this.standardName = standardName;
      this.hexLength = hexLength;
    }

    /** Returns the name that {@link java.security.MessageDigest#getInstance(String)} knows. */
    public String standardName() {
      return standardName;
    }

    /** Returns the number of hexadecimal digits of a value. */
    public int hexLength() {
      return hexLength;
    }

    private String dashedName() {
      return name().replaceFirst("(?<=[A-Z])(?=[0-9])", "-");
    }

    private static Optional<Algorithm> named(String name) {
      for (Algorithm algorithm : values()) {
        if (name.equalsIgnoreCase(algorithm.name())
            || name.equalsIgnoreCase(algorithm.dashedName())) {
          return Optional.of(algorithm);
        }
      }
      return Optional.empty();
    }

    private static Optional<Algorithm> ofLength(int hexLength) {
      for (Algorithm algorithm : values()) {
        if (algorithm.hexLength == hexLength) {
          return Optional.of(algorithm);
        }
      }
      return Optional.empty();
    }
  }

  /** Refuses a value that is not one of the algorithm. */
  public Digest {
    if (hex.length() != algorithm.hexLength || !isHex(hex)) {
      throw new IllegalArgumentException(
          "a %s checksum is %s hexadecimal digits"
              .formatted(algorithm.name().toLowerCase(Locale.ROOT), algorithm.hexLength));
    }
  }

  /** There is one for each content of an archive, so that a pattern would take its time. */
  private static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads {@code sha256:HEX} or plain {@code HEX}, in any letter case.
   *
   * @throws IllegalArgumentException if {@code text} is neither
   */
  public static Digest parse(String text) {
    int colon = text.indexOf(':');
    String name = text.substring(0, Math.max(colon, 0)).strip();
    String hex = text.substring(colon + 1).strip().toLowerCase(Locale.ROOT);
    Optional<Algorithm> algorithm =
        colon < 0 ? Algorithm.ofLength(hex.length()) : Algorithm.named(name);
    return new Digest(
        algorithm.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected the hexadecimal md5, sha1, sha256 or sha512 of the archive")),
        hex);
  }

  /** Returns {@code sha256:HEX}. */
  @Override
  public String toString() {
    return algorithm.name().toLowerCase(Locale.ROOT) + ":" + hex;
  }
}
