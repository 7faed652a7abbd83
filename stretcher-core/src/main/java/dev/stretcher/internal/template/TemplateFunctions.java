package dev.stretcher.internal.template;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import java.util.List;
import java.util.Map;

/** The functions that templates of manifests have. */
final class TemplateFunctions {
  private final Map<String, String> environment;
  private final Options limits;

  TemplateFunctions(Map<String, String> environment, Options limits) {
    this.environment = environment;
    this.limits = limits;
  }

  String call(String name, List<String> arguments) throws TemplateException {
    return switch (name) {
      case "env" -> env(some(name, arguments));
      case "must_env" -> mustEnv(only(name, arguments));
      case "json_escape" -> jsonEscape(notTooLong(only(name, arguments)));
      default ->
          throw new TemplateException(
              "{{ %s }} is not known; there are env, must_env and json_escape".formatted(name));
    };
  }

  private static List<String> some(String name, List<String> arguments) throws TemplateException {
    if (arguments.isEmpty()) {
      throw new TemplateException("{{ %s }} needs an argument".formatted(name));
    }
    return arguments;
  }

  private static String only(String name, List<String> arguments) throws TemplateException {
    if (some(name, arguments).size() > 1) {
      throw new TemplateException("{{ %s }} takes one argument".formatted(name));
    }
    return arguments.get(0);
  }

  private String env(List<String> arguments) {
    for (String name : arguments) {
      String value = environment.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return value;
      }
    }
    return arguments.get(arguments.size() - 1);
  }

  private String mustEnv(String name) throws TemplateException {
    String value = environment.get(name);
    if (value == null) {
      throw new TemplateException(
          "{{ must_env }}: the variable %s is not set; set it for the agent".formatted(name));
    }
    return value;
  }

  /** Each function of a pipe may make its argument several times as long. */
  private String notTooLong(String text) throws TemplateException {
    if (text.length() > limits.get(Settings.MAX_MANIFEST)) {
      throw new TemplateException(
          "{{ json_escape }}: its argument has " + limits.exceeded(Settings.MAX_MANIFEST));
    }
    return text;
  }

  private static String jsonEscape(String text) {
    // The rest is what Go's encoding/json escapes as well.
    return String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text))
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }
}
