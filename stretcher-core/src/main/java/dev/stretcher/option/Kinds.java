package dev.stretcher.option;

import dev.stretcher.text.ByteSize;
import dev.stretcher.text.GoDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The usual kinds of values. They are classes and not lambdas, which start slowly. */
public final class Kinds {
  /** A duration as Go writes it, such as {@code 1m30s}; a bare number is seconds. */
  public static final OrderedKind<Duration> DURATION = new OrderedKind<>(new OfDuration());

  /** A number of bytes, such as {@code 10MB} or {@code 512KiB}. */
  public static final OrderedKind<Long> SIZE = new OrderedKind<>(new OfSize());

  /** A whole number. */
  public static final OrderedKind<Long> COUNT = new OrderedKind<>(new OfCount());

  /** A whole number that fits an {@code int}. */
  public static final OrderedKind<Integer> INT = new OrderedKind<>(new OfInt());

  /** A name, any text. */
  public static final Kind<String> NAME = name("NAME", "");

  /** Something that is on or off. */
  public static final Kind<Boolean> SWITCH = new OfSwitch();

  private Kinds() {}

  /**
   * Returns the kind of a name, any text.
   *
   * @param placeholder what stands for the name in a summary
   * @param standard what an empty name means, as a summary says it
   */
  public static Kind<String> name(String placeholder, String standard) {
    return new OfText(placeholder, standard, List.of());
  }

  /**
   * Returns the kind of a name, any text.
   *
   * @param placeholder what stands for the name in a summary
   * @param choices those that are usual
   */
  public static Kind<String> name(String placeholder, List<String> choices) {
    return new OfText(placeholder, "", List.copyOf(choices));
  }

  /**
   * Returns the kind whose values are the constants of an enum, in lower case.
   *
   * @param constants all of them
   */
  public static <E extends Enum<E>> Kind<E> oneOf(E[] constants) {
    return new OfConstant<>(constants.clone());
  }

  /** Returns the kind whose values are some names. */
  public static Kind<String> oneOf(List<String> names) {
    return new OfName(List.copyOf(names));
  }

  /** Returns the kind of a list whose setting is given once for each item. */
  public static <T> Kind<List<T>> listOf(Kind<T> each) {
    return new OfList<>(each);
  }

  private static final class OfDuration extends Kind<Duration> {
    @Override
    public String placeholder() {
      return "DURATION";
    }

    @Override
    public Duration parse(String text) {
      return GoDuration.parse(text);
    }

    @Override
    public String text(Duration value) {
      return GoDuration.format(value);
    }
  }

  private static final class OfSize extends Kind<Long> {
    @Override
    public String placeholder() {
      return "SIZE";
    }

    @Override
    public Long parse(String text) {
      return ByteSize.parse(text);
    }

    @Override
    public String text(Long value) {
      return ByteSize.exact(value);
    }
  }

  private static final class OfCount extends Kind<Long> {
    @Override
    public String placeholder() {
      return "COUNT";
    }

    @Override
    public Long parse(String text) {
      return count(text, Long.MAX_VALUE);
    }

    @Override
    public String text(Long value) {
      return value.toString();
    }
  }

  private static final class OfInt extends Kind<Integer> {
    @Override
    public String placeholder() {
      return "INT";
    }

    @Override
    public Integer parse(String text) {
      return (int) count(text, Integer.MAX_VALUE);
    }

    @Override
    public String text(Integer value) {
      return value.toString();
    }
  }

  private static final class OfText extends Kind<String> {
    private final String placeholder;
    private final String standard;
    private final List<String> choices;

    OfText(String placeholder, String standard, List<String> choices) {
      this.placeholder = placeholder;
      this.standard = standard;
      this.choices = choices;
    }

    @Override
    public String placeholder() {
      return placeholder;
    }

    @Override
    public String parse(String text) {
      return text;
    }

    @Override
    public String text(String value) {
      return value.isEmpty() ? standard : value;
    }

    @Override
    public List<String> choices() {
      return choices;
    }
  }

  private static final class OfSwitch extends Kind<Boolean> {
    @Override
    public String placeholder() {
      return "";
    }

    @Override
    public Boolean parse(String text) {
      if (!text.equals("true") && !text.equals("false")) {
        throw new IllegalArgumentException("'" + text + "' is not true or false");
      }
      return text.equals("true");
    }

    @Override
    public String text(Boolean value) {
      return value.toString();
    }
  }

  private static final class OfName extends Kind<String> {
    private final List<String> names;

    OfName(List<String> names) {
      this.names = names;
    }

    @Override
    public String placeholder() {
      return "NAME";
    }

    @Override
    public String parse(String text) {
      requireOneOf(names, text);
      return text;
    }

    @Override
    public String text(String value) {
      return value;
    }

    @Override
    public boolean includes(String value) {
      return names.contains(value);
    }

    @Override
    public String expected() {
      return "one of " + String.join(", ", names);
    }

    @Override
    public List<String> choices() {
      return names;
    }
  }

  private static final class OfConstant<E extends Enum<E>> extends Kind<E> {
    private final E[] constants;

    OfConstant(E[] constants) {
      this.constants = constants;
    }

    @Override
    public String placeholder() {
      return "WHAT";
    }

    @Override
    public E parse(String text) {
      for (E constant : constants) {
        if (text.equals(text(constant))) {
          return constant;
        }
      }
      throw noneOf(choices(), text);
    }

    @Override
    public String text(E value) {
      return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<String> choices() {
      List<String> names = new ArrayList<>();
      for (E constant : constants) {
        names.add(text(constant));
      }
      return names;
    }
  }

  private static final class OfList<T> extends Kind<List<T>> {
    private final Kind<T> each;

    OfList(Kind<T> each) {
      this.each = each;
    }

    @Override
    public String placeholder() {
      return each.placeholder();
    }

    @Override
    public List<T> parse(String text) {
      return List.of(each.parse(text));
    }

    @Override
    public String text(List<T> value) {
      List<String> texts = new ArrayList<>();
      for (T item : value) {
        texts.add(each.text(item));
      }
      return texts.isEmpty() ? "none" : String.join(", ", texts);
    }

    @Override
    public List<String> choices() {
      return each.choices();
    }
  }

  private static void requireOneOf(List<String> names, String text) {
    if (!names.contains(text)) {
      throw noneOf(names, text);
    }
  }

  private static IllegalArgumentException noneOf(List<String> names, String text) {
    return new IllegalArgumentException("'" + text + "' is not one of " + String.join(", ", names));
  }

  private static long count(String text, long most) {
    boolean digits = !text.isEmpty() && text.length() <= 18;
    for (int i = 0; i < text.length(); i++) {
      digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    if (!digits || Long.parseLong(text) > most) {
      throw new IllegalArgumentException("'" + text + "' is not a whole number up to " + most);
    }
    return Long.parseLong(text);
  }
}
