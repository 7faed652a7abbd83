package dev.stretcher.cli.flag;

import dev.stretcher.option.Kind;
import dev.stretcher.option.Kinds;
import dev.stretcher.option.Setting;
import dev.stretcher.option.Topic;
import java.util.List;

/** Makes the settings of single commands, which no deploy has. */
public final class CommandFlag {
  private CommandFlag() {}

  /** Returns a setting that is off unless it is given, without a value. */
  public static Setting<Boolean> onOff(String name, String description) {
    return of(name, Kinds.SWITCH, false, description);
  }

  /**
   * Returns a setting of any text.
   *
   * @param placeholder what stands for the text in a summary
   */
  public static Setting<String> text(String name, String placeholder, String description) {
    return text(name, placeholder, "", description);
  }

  /**
   * Returns a setting of any text.
   *
   * @param placeholder what stands for the text in a summary
   * @param standard what it is where nobody sets it, in words
   */
  public static Setting<String> text(
      String name, String placeholder, String standard, String description) {
    return of(name, Kinds.name(placeholder, standard), "", description);
  }

  /**
   * Returns a setting that may be given several times, each time with any text.
   *
   * @param placeholder what stands for the text in a summary
   */
  public static Setting<List<String>> texts(String name, String placeholder, String description) {
    return of(name, Kinds.listOf(Kinds.name(placeholder, "")), List.of(), description);
  }

  /** Returns a setting of another kind. */
  public static <T> Setting<T> of(String name, Kind<T> kind, T standard, String description) {
    return Setting.of(name, kind, standard, Topic.AGENT, description);
  }
}
