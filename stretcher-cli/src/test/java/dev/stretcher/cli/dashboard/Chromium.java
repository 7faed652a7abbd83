package dev.stretcher.cli.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A headless Chromium with one page, driven by its DevTools protocol over a pipe. Used by one
 * thread.
 *
 * @see <a href="https://chromedevtools.github.io/devtools-protocol/">Chrome DevTools protocol</a>
 */
final class Chromium implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** DevTools are descriptors 3 and 4 of Chromium: they become our pipes. */
  private static final String START =
      "exec chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-extensions"
          + " --disable-background-networking --disable-component-update --no-default-browser-check"
          + " --disable-dev-shm-usage --user-data-dir=\"$1\" --remote-debugging-pipe"
          + " 3<&0 4>&1 </dev/null >/dev/null 2>\"$1\"/log";

  private final Process process;
  private final InputStream answers;
  private final List<String> requests = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();
  private String session = "";
  private int last;

  private Chromium(Process process) {
    this.process = process;
    this.answers = process.getInputStream();
  }

  /**
   * Starts one.
   *
   * @param directory an empty directory for its files
   */
  static Chromium start(Path directory) throws IOException {
    Files.createDirectories(directory);
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", START, "chromium", directory.toString());
    builder
        .environment()
        .putAll(Map.of("HOME", directory.toString(), "TMPDIR", directory.toString(), "TZ", "UTC"));
    Chromium chromium = new Chromium(builder.start());
    JsonNode page = chromium.call("Target.createTarget", Map.of("url", "about:blank"));
    JsonNode attached =
        chromium.call(
            "Target.attachToTarget",
            Map.of("targetId", page.get("targetId").asText(), "flatten", true));
    chromium.session = attached.get("sessionId").asText();
    for (String domain : List.of("Network", "Log", "Runtime", "Page")) {
      chromium.call(domain + ".enable", Map.of());
    }
    return chromium;
  }

  /** Gives the page a size, and a scheme of colours. */
  void show(int width, int height, String scheme) throws IOException {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 700));
    call(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** A clock that stands still for pages that are opened meanwhile. */
  @FunctionalInterface
  interface Clock extends AutoCloseable {
    @Override
    void close() throws IOException;
  }

  Clock stopClock(Instant at) throws IOException {
    String script = "Date.now = () => %s".formatted(Long.toString(at.toEpochMilli()));
    JsonNode added = call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    String identifier = added.get("identifier").asText();
    return () -> call("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", identifier));
  }

  void open(String url) throws IOException {
    call("Page.navigate", Map.of("url", url));
  }

  /** Returns the text that an expression has, or that its promise will have. */
  String text(String expression) throws IOException {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.path("result").path("value").asText();
  }

  /** Waits until an expression is true. */
  void await(String condition) throws IOException {
    String done =
        text(
            """
            new Promise(resolve => {
              const end = performance.now() + 20000;
              const look = () => (%s) ? resolve('yes')
                : performance.now() > end ? resolve('no: ' + document.body.innerText.slice(0, 2000))
                : setTimeout(look, 5);
              look();
            })
            """
                .formatted(condition));
    if (!done.equals("yes")) {
      throw new AssertionError("not " + condition + ": " + done + complaints);
    }
  }

  /** Presses a key, and lets it go. */
  void press(String key) throws IOException {
    Map<String, Object> down = Map.of("type", "keyDown", "key", key, "text", typed(key));
    call("Input.dispatchKeyEvent", down);
    call("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key));
  }

  private static String typed(String key) {
    return key.length() == 1 ? key : key.equals("Enter") ? "\r" : "";
  }

  /** Writes what the page looks like. */
  void draw(Path file) throws IOException {
    String data = call("Page.captureScreenshot", Map.of("format", "png")).get("data").asText();
    Files.write(file, Base64.getDecoder().decode(data));
  }

  /** Returns all URLs that were asked for so far. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** Returns what the browser has complained about so far. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  private JsonNode call(String method, Map<String, ?> parameters) throws IOException {
    ObjectNode question = JSON.createObjectNode().put("id", ++last).put("method", method);
    question.set("params", JSON.valueToTree(parameters));
    if (!session.isEmpty()) {
      question.put("sessionId", session);
    }
    process.getOutputStream().write((question + "\0").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    while (true) {
      JsonNode answer = read();
      if (answer.path("id").asInt() == last) {
        if (answer.has("error")) {
          throw new IOException(method + ": " + answer.get("error"));
        }
        return answer.get("result");
      }
      hear(answer.path("method").asText(), answer.path("params"));
    }
  }

  private void hear(String event, JsonNode parameters) {
    switch (event) {
      case "Network.requestWillBeSent" -> requests.add(parameters.at("/request/url").asText());
      case "Log.entryAdded" -> complaints.add(parameters.at("/entry/text").asText());
      case "Runtime.exceptionThrown" -> complaints.add(parameters.toString());
      default -> {}
    }
  }

  private JsonNode read() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int next = answers.read(); next != 0; next = answers.read()) {
      if (next < 0) {
        throw new EOFException("Chromium has ended");
      }
      text.write(next);
    }
    return JSON.readTree(text.toByteArray());
  }

  @Override
  public void close() throws IOException, InterruptedException {
    session = "";
    try {
      call("Browser.close", Map.of());
    } finally {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
    }
  }
}
