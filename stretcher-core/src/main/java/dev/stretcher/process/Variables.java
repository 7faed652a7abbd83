package dev.stretcher.process;

import java.util.Map;

/** The environment variables of a program that is going to be started. */
public final class Variables {
  private Variables() {}

  /**
   * Makes the variables of a {@link ProcessBuilder}, which are the JVM's at first, those of another
   * environment. What is the same in both keeps its bytes, even those that are not text.
   *
   * @throws IllegalArgumentException if a name or a value is one that no process can have
   */
  public static void inherit(ProcessBuilder builder, Map<String, String> environment) {
    Map<String, String> variables = builder.environment();
    variables.keySet().retainAll(environment.keySet());
    environment.forEach(
        (name, value) -> {
          if (!value.equals(variables.get(name))) {
            variables.put(name, value);
          }
        });
  }
}
