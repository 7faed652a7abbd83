package dev.stretcher.report;

import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.text.NativeText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Puts {@code ***} in the place of the values of some variables, also where a value is encoded: in
 * hexadecimal or base64, and, that or the value itself, by percent signs, for JSON or a shell. Of a
 * value that is not UTF-8 its bytes count too. Of a value of several lines each line counts. Of a
 * value that a line is too short for, so that it goes on in the next one, both parts are found if
 * they have {@value SecretSearch#PART} characters. What has fewer than {@value #SHORTEST}
 * characters, or than {@value #SHORTEST_LINE} if it is one of several lines, stays, since it would
 * be found everywhere.
 *
 * <p>Immutable and thread-safe.
 */
public final class Secrets implements UnaryOperator<String> {
  /** Changes nothing. */
  public static final Secrets NONE = new Secrets(Set.of());

  /** A value that has fewer characters is not taken for a secret. */
  public static final int SHORTEST = 4;

  /** One of several lines of a value that has fewer characters is not taken for a secret. */
  public static final int SHORTEST_LINE = 8;

  private static final int DIGEST = 16;

  private final List<String> plain = new ArrayList<>();
  private final List<String> hex = new ArrayList<>();
  private final List<String> base64 = new ArrayList<>();

  /**
   * Takes values.
   *
   * @param texts their bytes, a character each
   */
  private Secrets(Set<String> texts) {
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      plain.add(text);
      hex.add(HexFormat.of().formatHex(bytes));
      for (int before = 0; before < 3; before++) {
        addBase64(bytes, before);
      }
    }
  }

  /**
   * Returns those that {@link Settings#SECRET_ENV} names.
   *
   * @param environment the variables and their values
   */
  public static Secrets of(Options options, Map<String, String> environment) {
    return of(options, environment, EnvironmentBytes.FILE);
  }

  /**
   * Returns them.
   *
   * @param block a file that may have the same variables, as the bytes that they are
   */
  static Secrets of(Options options, Map<String, String> environment, Path block) {
    Set<String> texts = new LinkedHashSet<>();
    for (String name : options.get(Settings.SECRET_ENV)) {
      String value = environment.getOrDefault(name, "");
      addLines(texts, value, SecretView::bytes);
      EnvironmentBytes.of(block, name, value)
          .ifPresent(bytes -> addLines(texts, bytes, UnaryOperator.identity()));
    }
    return texts.isEmpty() ? NONE : new Secrets(texts);
  }

  private static void addLines(Set<String> texts, String value, UnaryOperator<String> bytes) {
    add(texts, value, SHORTEST, bytes);
    add(texts, value.strip(), SHORTEST, bytes);
    if (value.strip().lines().count() > 1) {
      value.lines().forEach(line -> add(texts, line.strip(), SHORTEST_LINE, bytes));
    }
  }

  private static void add(
      Set<String> texts, String text, int shortest, UnaryOperator<String> bytes) {
    if (text.length() >= shortest) {
      texts.add(bytes.apply(text));
    }
  }

  /** Adds what is the same of the base64 of all texts that have the bytes at such a place. */
  private void addBase64(byte[] bytes, int before) {
    byte[] shifted = new byte[before + bytes.length];
    System.arraycopy(bytes, 0, shifted, before, bytes.length);
    int from = (before * 8 + 5) / 6;
    int to = shifted.length * 8 / 6;
    String sure = Base64.getEncoder().encodeToString(shifted).substring(from, to);
    if (sure.length() > SHORTEST) {
      base64.add(sure);
    }
  }

  /** Returns a text without the secrets. */
  @Override
  public String apply(String text) {
    if (plain.isEmpty() || text.isEmpty()) {
      return text;
    }
    SecretSearch search = new SecretSearch(text);
    List<SecretView> views = SecretView.spelled(search.text());
    search.find(plain, views);
    search.find(hex, SecretView.hex(views));
    search.findBase64(base64, SecretView.base64(views));
    return search.masked();
  }

  /**
   * Returns the name of a file without the secrets. A digest at its end tells it from other names
   * that differ only in secrets.
   */
  public String name(Path file) {
    String name = NativeText.text(file);
    String masked = apply(name);
    return masked.equals(name)
        ? name
        : masked + '#' + DigestUtils.sha256Hex(NativeText.bytes(file)).substring(0, DIGEST);
  }

  /** Returns the same as a path; no file has it. */
  public Path path(Path file) {
    return this == NONE ? file : NativeText.path(name(file));
  }
}
