package dev.stretcher.internal.template;

import static dev.stretcher.internal.template.TemplateAction.SPACE;

import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.text.Problem;
import java.util.List;
import java.util.Map;

/**
 * Replaces the actions of a template, {@code {{ env "NAME" "default" }}}, in the syntax of Go's <a
 * href="https://pkg.go.dev/text/template">text/template</a>: pipelines of functions over string
 * constants, trim markers, comments.
 */
public final class Template {
  private static final int MAX_PROBLEMS = 100;

  private final TemplateFunctions functions;
  private final Options limits;
  private final List<Problem> problems;

  /**
   * Creates the templates of one text.
   *
   * @param environment the variables that {@code env} and {@code must_env} see
   * @param limits what is refused
   * @param problems takes what is wrong
   */
  public Template(Map<String, String> environment, Options limits, List<Problem> problems) {
    this.limits = limits;
    this.functions = new TemplateFunctions(environment, limits);
    this.problems = problems;
  }

  /** Returns the text with its actions replaced, and reports what is wrong as a problem. */
  public String expand(String text) {
    StringBuilder expanded = new StringBuilder(text.length());
    int at = 0;
    boolean trimStart = false;
    while (problems.size() < MAX_PROBLEMS) {
      int open = text.indexOf("{{", at);
      String literal = text.substring(at, open < 0 ? text.length() : open);
      boolean trimEnd = open >= 0 && startsTrimmed(text, open + 2);
      expanded.append(trim(literal, trimStart, trimEnd));
      if (open < 0 || isTooLong(expanded)) {
        break;
      }
      TemplateAction action = new TemplateAction(text, trimEnd ? open + 3 : open + 2, functions);
      try {
        expanded.append(action.evaluate());
        at = action.end();
        trimStart = action.endsTrimmed();
      } catch (TemplateException e) {
        problems.add(new Problem(lineOf(text, open), 0, e.getMessage()));
        at = afterClose(text, action.end());
      }
    }
    return expanded.toString();
  }

  /** A short text can ask for a long variable many times. */
  private boolean isTooLong(StringBuilder expanded) {
    if (expanded.length() <= limits.get(Settings.MAX_MANIFEST)) {
      return false;
    }
    String message =
        "once its templates are replaced its length is " + limits.exceeded(Settings.MAX_MANIFEST);
    problems.add(new Problem(0, 0, message));
    return true;
  }

  private static int afterClose(String text, int at) {
    int close = text.indexOf("}}", at);
    return close < 0 ? text.length() : close + 2;
  }

  private static boolean startsTrimmed(String text, int at) {
    return at + 1 < text.length()
        && text.charAt(at) == '-'
        && SPACE.indexOf(text.charAt(at + 1)) >= 0;
  }

  private static String trim(String literal, boolean start, boolean end) {
    int from = 0;
    int to = literal.length();
    while (start && from < to && SPACE.indexOf(literal.charAt(from)) >= 0) {
      from++;
    }
    while (end && to > from && SPACE.indexOf(literal.charAt(to - 1)) >= 0) {
      to--;
    }
    return literal.substring(from, to);
  }

  private static int lineOf(String text, int at) {
    return (int) text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
  }
}
