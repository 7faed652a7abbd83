package dev.stretcher.sources.internal.consul;

/**
 * What a request needs, for the message if it is refused. Immutable.
 *
 * @param doing such as {@code read stretcher/desired/shop}
 * @param rule of an ACL policy that allows it
 */
record ConsulNeed(String doing, String rule) {
  static ConsulNeed readKey(String key) {
    return new ConsulNeed("read " + key, rule("key", key, "read"));
  }

  static ConsulNeed readKeys(String prefix) {
    return new ConsulNeed("read " + prefix, rule("key_prefix", prefix, "read"));
  }

  static ConsulNeed writeKey(String key) {
    return new ConsulNeed("write " + key, rule("key", key, "write"));
  }

  static ConsulNeed session() {
    return new ConsulNeed("keep a session", rule("session_prefix", "", "write"));
  }

  static ConsulNeed agent() {
    return new ConsulNeed("ask the agent for its name", rule("agent_prefix", "", "read"));
  }

  static ConsulNeed nodes() {
    return new ConsulNeed("list the nodes", rule("node_prefix", "", "read"));
  }

  static ConsulNeed service(String name) {
    return new ConsulNeed(
        "list the nodes of service " + name,
        rule("service", name, "read") + " " + rule("node_prefix", "", "read"));
  }

  static ConsulNeed events(String name) {
    return new ConsulNeed("read events " + name, rule("event", name, "read"));
  }

  static ConsulNeed fire(String name) {
    return new ConsulNeed("fire the event " + name, rule("event", name, "write"));
  }

  private static String rule(String resource, String name, String policy) {
    return "%s \"%s\" { policy = \"%s\" }".formatted(resource, name, policy);
  }
}
