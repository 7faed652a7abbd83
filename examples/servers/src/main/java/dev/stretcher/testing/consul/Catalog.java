package dev.stretcher.testing.consul;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code /v1/catalog/}, {@code /v1/health/}, {@code /v1/agent/} and {@code /v1/status/}. */
final class Catalog {
  private static final long INDEX = 9;

  private final String self;

  /** The status of the agent on each node; empty for a node without one. */
  private final Map<String, String> nodes = new TreeMap<>();

  private final Map<String, Set<String>> services = new TreeMap<>();

  Catalog(String self) {
    this.self = self;
    nodes.put(self, "passing");
  }

  String self() {
    return self;
  }

  synchronized void node(String name, String status) {
    nodes.put(name, status);
  }

  synchronized void service(String node, String service) {
    services.computeIfAbsent(service, name -> new TreeSet<>()).add(node);
  }

  synchronized Reply answer(Question question) {
    String path = question.path();
    if (path.equals("catalog/nodes")) {
      return read(nodes.keySet().stream().map(this::node).toList());
    }
    if (path.equals("catalog/register")) {
      return register(question);
    }
    if (path.startsWith("catalog/service/")) {
      String service = question.behind("catalog/service/");
      return read(
          services.getOrDefault(service, Set.of()).stream()
              .map(node -> instance(service, node))
              .toList());
    }
    if (path.startsWith("health/node/")) {
      return read(checks(question.behind("health/node/"), "any"));
    }
    if (path.startsWith("health/state/")) {
      String status = question.behind("health/state/");
      return read(nodes.keySet().stream().flatMap(node -> checks(node, status).stream()).toList());
    }
    return agent(path);
  }

  private Reply agent(String path) {
    return switch (path) {
      case "status/leader" -> Reply.json("\"127.0.0.1:8300\"");
      case "agent/self" ->
          Reply.json(
              Json.write(
                  Json.object(
                      "Config", config(),
                      "Coord", Json.object("Vec", List.of(0, 0), "Error", 1.5),
                      "Member", member(),
                      "Meta", Json.object("consul-network-segment", ""))));
      default -> Reply.text(404, "Invalid URL path: not a recognized HTTP API endpoint");
    };
  }

  private Map<String, @Nullable Object> config() {
    return Json.object("Datacenter", "dc1", "NodeName", self, "Server", true, "Version", "1.9.17");
  }

  private Map<String, @Nullable Object> member() {
    return Json.object(
        "Name", self, "Addr", "127.0.0.1", "Tags", Json.object("role", "consul"), "Status", 1);
  }

  private static Reply read(List<?> content) {
    return Reply.read(Json.write(content), INDEX);
  }

  private Map<String, @Nullable Object> node(String name) {
    return Json.object(
        "Node", name, "Address", "127.0.0.1", "Datacenter", "dc1", "ModifyIndex", INDEX);
  }

  private Map<String, @Nullable Object> instance(String service, String node) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>(node(node));
    json.put("ServiceID", service);
    json.put("ServiceName", service);
    return json;
  }

  private List<Map<String, @Nullable Object>> checks(String node, String status) {
    String is = nodes.getOrDefault(node, "");
    boolean fits = !is.isEmpty() && (status.equals("any") || status.equals(is));
    return fits
        ? List.of(
            Json.object(
                "Node",
                node,
                "CheckID",
                "serfHealth",
                "Name",
                "Serf Health Status",
                "Status",
                is,
                "Notes",
                "",
                "Output",
                is.equals("passing") ? "Agent alive and reachable" : "Agent not live",
                "ServiceID",
                "",
                "ServiceName",
                "",
                "ServiceTags",
                List.of(),
                "Type",
                "",
                "Definition",
                Json.object(),
                "CreateIndex",
                INDEX,
                "ModifyIndex",
                INDEX))
        : List.of();
  }

  private Reply register(Question question) {
    try {
      if (Json.parse(question.body()) instanceof Map<?, ?> node) {
        nodes.put(String.valueOf(node.get("Node")), "");
      }
      return Reply.json("true");
    } catch (IOException e) {
      return Reply.text(400, "Request decode failed: " + e.getMessage());
    }
  }
}
