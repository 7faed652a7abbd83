package dev.stretcher.internal.template;

import java.util.ArrayList;
import java.util.List;

/**
 * One action of a template, evaluated while it is read:
 *
 * <pre>
 * action   = comment | pipeline
 * pipeline = command { "|" command }
 * command  = name { operand } | operand
 * operand  = string | "(" pipeline ")"
 * </pre>
 */
final class TemplateAction {
  static final String SPACE = " \t\r\n";
  private static final int MAX_NESTING = 100;

  private final String text;
  private final TemplateFunctions functions;
  private int at;
  private int nesting;
  private boolean endsTrimmed;

  TemplateAction(String text, int start, TemplateFunctions functions) {
    this.text = text;
    this.at = start;
    this.functions = functions;
  }

  /** Returns the value, and moves to the end of the action. */
  String evaluate() throws TemplateException {
    String value = "";
    skipSpace();
    if (text.startsWith("/*", at)) {
      skipComment();
    } else {
      value = pipeline();
    }
    close();
    return value;
  }

  /** Returns where the text after the action begins. */
  int end() {
    return at;
  }

  /** Tells whether white space after the action is to be removed. */
  boolean endsTrimmed() {
    return endsTrimmed;
  }

  private String pipeline() throws TemplateException {
    String value = command(List.of());
    skipSpace();
    while (text.startsWith("|", at)) {
      at++;
      value = command(List.of(value));
      skipSpace();
    }
    return value;
  }

  private String command(List<String> piped) throws TemplateException {
    skipSpace();
    if (isOperand()) {
      if (!piped.isEmpty()) {
        throw new TemplateException("a function is expected after |");
      }
      return operand();
    }
    String name = name();
    List<String> arguments = new ArrayList<>();
    for (skipSpace(); isOperand(); skipSpace()) {
      arguments.add(operand());
    }
    arguments.addAll(piped);
    return functions.call(name, arguments);
  }

  private boolean isOperand() {
    return at < text.length() && "\"`(".indexOf(text.charAt(at)) >= 0;
  }

  private String operand() throws TemplateException {
    if (text.charAt(at) != '(') {
      GoString string = GoString.read(text, at);
      at = string.end();
      return string.value();
    }
    at++;
    if (++nesting > MAX_NESTING) {
      throw new TemplateException("more than %s ( are open".formatted(MAX_NESTING));
    }
    String value = pipeline();
    nesting--;
    if (!text.startsWith(")", at)) {
      throw new TemplateException("a ) is missing");
    }
    at++;
    return value;
  }

  private String name() throws TemplateException {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    if (at == start) {
      throw new TemplateException(
          "'%s' is not understood in {{ }}; there are env, must_env and json_escape"
              .formatted(text.substring(at, Math.min(text.length(), at + 20))));
    }
    return text.substring(start, at);
  }

  private void skipComment() throws TemplateException {
    int close = text.indexOf("*/", at);
    if (close < 0) {
      throw new TemplateException("a comment is not closed; end it with */}}");
    }
    at = close + 2;
  }

  private void close() throws TemplateException {
    skipSpace();
    if (SPACE.indexOf(text.charAt(at - 1)) >= 0 && text.startsWith("-}}", at)) {
      endsTrimmed = true;
      at += 3;
    } else if (text.startsWith("}}", at)) {
      at += 2;
    } else {
      throw new TemplateException("}} is expected; quote arguments, as in {{ env \"NAME\" }}");
    }
  }

  private void skipSpace() {
    while (at < text.length() && SPACE.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
