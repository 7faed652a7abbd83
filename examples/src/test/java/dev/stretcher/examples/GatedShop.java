package dev.stretcher.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;

/** An app on a host, published there, whose deploys wait until the gate is opened. */
record GatedShop(ScratchHost host) {
  /** What the log has when a deploy waits, and when it has ended. */
  static final String WAITING = "waiting";

  static final String SUCCEEDED = "Deploy manifest succeeded.";

  private static final String CONFIGURATION =
      """
      store: file:/srv/fleet
      node: web-1
      apps: [shop]
      """;

  private static final String MANIFEST =
      """
      dest: /srv/shop
      commands:
        pre: ["echo waiting; cat /srv/gate"]
      """;

  /** Makes it, on a host that has no configuration or that of a package. */
  static GatedShop on(ScratchHost host) throws IOException, InterruptedException {
    host.run("mkfifo /srv/gate; mkdir -p /srv/tree /etc/stretcher");
    Files.writeString(host.path("/srv/deploy.yml"), MANIFEST);
    Files.writeString(host.path("/etc/stretcher/config.yml"), CONFIGURATION);
    return new GatedShop(host);
  }

  /** Has deploys run a command after the sync, too. */
  void afterwards(String command) throws IOException {
    Files.writeString(host.path("/srv/deploy.yml"), MANIFEST + "  post: [\"" + command + "\"]\n");
  }

  /** Publishes a version. */
  void publish(String id) throws IOException, InterruptedException {
    host.run("echo %1$s >/srv/tree/version\n".formatted(id) + publishing("/srv/tree", id));
  }

  /** Publishes a version; {@code archive} says by its name how it is packed. */
  void publish(String id, String archive) throws IOException, InterruptedException {
    host.run(
        "echo %1$s >/srv/tree/version; stretcher pack -o /srv/%2$s /srv/tree\n"
                .formatted(id, archive)
            + publishing("/srv/" + archive, id));
  }

  private static String publishing(String what, String id) {
    return "JAVA_OPTS=-XX:TieredStopAtLevel=1 stretcher publish %s --app shop --to file:/srv/artifacts --manifest /srv/deploy.yml --id %s"
        .formatted(what, id);
  }

  /** Returns what keeps the deploy that runs waiting, until it is closed. */
  OutputStream gate() throws IOException {
    OutputStream gate = Files.newOutputStream(host.path("/srv/gate"));
    gate.write('\n');
    return gate;
  }

  Path version() {
    return host.path("/srv/shop/version");
  }

  /** Reads a log up to a line that ends with a text. */
  static void until(BufferedReader log, String text) throws IOException {
    until(log, text, line -> line.endsWith(text));
  }

  /** Reads a log up to a line that has a text. */
  static void untilContained(BufferedReader log, String text) throws IOException {
    until(log, text, line -> line.contains(text));
  }

  private static void until(BufferedReader log, String text, Predicate<String> isLast)
      throws IOException {
    StringBuilder before = new StringBuilder();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      before.append(line).append('\n');
      if (isLast.test(line)) {
        return;
      }
      if (line.contains("Deploy manifest failed")) {
        break;
      }
    }
    throw new AssertionError("the log has no '" + text + "':\n" + before);
  }

  /** Returns the log of an agent that writes to its STDERR. */
  static BufferedReader log(Process agent) {
    return agent.errorReader(StandardCharsets.UTF_8);
  }
}
