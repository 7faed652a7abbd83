package dev.stretcher.process;

import java.util.Map;

/** The environment variables of a program that is going to be started. */
public final class Variables {
  private Variables() {}

  /**
   * Replaces the variables of a {@link ProcessBuilder}, which are the JVM's at first, by another
   * environment. A variable that is equal in both keeps its bytes, even those that are not text.
   *
   * @throws IllegalArgumentException if no process can have such a name or value
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
