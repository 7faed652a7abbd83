package dev.stretcher.sources.internal.consul;

import java.util.Map;
import java.util.Optional;

/**
 * The variables of <a href="https://developer.hashicorp.com/consul/commands">Consul's own
 * tools</a>.
 */
final class ConsulVariables {
  private static final String SECURE = "CONSUL_HTTP_SSL";

  private ConsulVariables() {}

  /** Returns the value of a variable; an empty one is none. */
  static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /** Tells whether Consul is to be asked over TLS. */
  static boolean isSecure(Map<String, String> environment) {
    return isTrue(environment, SECURE, false);
  }

  /**
   * Returns the value of a switch.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static boolean isTrue(Map<String, String> environment, String name, boolean otherwise) {
    Optional<String> value = value(environment, name);
    return value.isEmpty() ? otherwise : parse(name, value.get());
  }

  // What Go's strconv.ParseBool takes.
  private static boolean parse(String name, String value) {
    return switch (value) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default -> throw new IllegalArgumentException(name + " is neither true nor false");
    };
  }
}
