package dev.stretcher.report;

import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts {@code ***} in the place of the values of some variables, also where a value is encoded: by
 * percent signs, for JSON or a shell, in hexadecimal or base64. Of a value of several lines each
 * line counts. What has fewer than {@value #SHORTEST} characters stays, since it would be found
 * everywhere.
 *
 * <p>Immutable and thread-safe.
 */
public final class Secrets implements UnaryOperator<String> {
  /** Changes nothing. */
  public static final Secrets NONE = new Secrets(null);

  /** What has fewer characters is not taken for a secret. */
  public static final int SHORTEST = 4;

  private static final String SHOWN = "***";

  private final @Nullable Pattern pattern;

  private Secrets(@Nullable Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Returns those that {@link Settings#SECRET_ENV} names.
   *
   * @param environment the variables and their values
   */
  public static Secrets of(Options options, Map<String, String> environment) {
    Set<String> texts = new LinkedHashSet<>();
    for (String name : options.get(Settings.SECRET_ENV)) {
      String value = environment.getOrDefault(name, "");
      add(texts, value);
      value.lines().forEach(line -> add(texts, line.strip()));
    }
    if (texts.isEmpty()) {
      return NONE;
    }
    StringBuilder pattern = new StringBuilder();
    // The longest first: a secret may begin with another one.
    texts.stream()
        .sorted(Comparator.comparing(String::length).reversed())
        .forEach(text -> append(text, pattern));
    return new Secrets(Pattern.compile(pattern.substring(1)));
  }

  private static void add(Set<String> texts, String text) {
    if (text.length() >= SHORTEST) {
      texts.add(text);
    }
  }

  /** Returns a text without the secrets. */
  @Override
  public String apply(String text) {
    return pattern == null ? text : pattern.matcher(text).replaceAll(SHOWN);
  }

  private static void append(String text, StringBuilder pattern) {
    pattern.append('|');
    text.codePoints().forEach(c -> append(c, pattern));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    pattern.append("|(?i:");
    for (byte b : bytes) {
      pattern.append("%02x".formatted(b & 0xff));
    }
    pattern.append(')');
    for (int before = 0; before < 3; before++) {
      appendBase64(bytes, before, pattern);
    }
  }

  /** Appends a character in all its forms, since an encoder leaves some as they are. */
  private static void append(int c, StringBuilder pattern) {
    String text = Character.toString(c);
    pattern.append("(?:\\\\?").append(Pattern.quote(text)).append("|(?i:");
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      pattern.append("%%(?:25)?%02x".formatted(b & 0xff));
    }
    pattern.append('|');
    for (int i = 0; i < text.length(); i++) {
      pattern.append("\\\\u%04x".formatted((int) text.charAt(i)));
    }
    pattern.append("|\\\\x%02x)".formatted(c));
    pattern.append(
        switch (c) {
          case ' ' -> "|\\+)";
          case '\n' -> "|\\\\n)";
          case '\t' -> "|\\\\t)";
          case '\r' -> "|\\\\r)";
          case '\'' -> "|'\\\\'')";
          default -> ")";
        });
  }

  /** Appends what is the same of the base64 of all texts that have the bytes at such a place. */
  private static void appendBase64(byte[] bytes, int before, StringBuilder pattern) {
    byte[] shifted = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, shifted, before, bytes.length);
    int from = (before * 8 + 5) / 6;
    int to = shifted.length * 8 / 6;
    String sure = Base64.getEncoder().encodeToString(shifted).substring(from, to);
    if (sure.length() > SHORTEST) {
      pattern.append('|');
      for (int i = 0; i < sure.length(); i++) {
        char c = sure.charAt(i);
        pattern.append(c == '+' ? "[+-]" : c == '/' ? "[/_]" : String.valueOf(c));
      }
    }
  }
}
