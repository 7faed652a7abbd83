package dev.stretcher.sources.internal.consul;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What curl asked a real Consul, and what that answered. */
final class Transcript {
  private static final Pattern COMMAND =
      Pattern.compile(
          "\\$ curl -i(?: -m \\d+)?(?: -H X-Consul-Token: (\\S+))?(?: -X (\\S+))?"
              + "(?: --data(?:-binary)? (.+))? (?:http://)?CONSUL(/\\S+) ?(?:-d (.*?))? ?");
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d+) .*");

  private Transcript() {}

  /**
   * One request and its answer.
   *
   * @param target path and query
   * @param headers lower-case names and values of the answer, as lines
   */
  record Exchange(
      String token,
      String method,
      String target,
      String data,
      int status,
      List<String> headers,
      String body) {
    String header(String name) {
      return headers.stream()
          .filter(line -> line.startsWith(name + ": "))
          .map(line -> line.substring(name.length() + 2))
          .findFirst()
          .orElse("");
    }
  }

  static List<Exchange> read(String name) throws IOException {
    List<Exchange> exchanges = new ArrayList<>();
    String text;
    try (InputStream in = Transcript.class.getResourceAsStream(name)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (String part : text.split("(?m)^(?=\\$ curl)")) {
      if (part.startsWith("$ curl")) {
        exchanges.add(exchange(part));
      }
    }
    return exchanges;
  }

  private static Exchange exchange(String part) throws IOException {
    List<String> lines = part.lines().toList();
    Matcher command = COMMAND.matcher(lines.get(0));
    Matcher status = STATUS.matcher(lines.get(1));
    if (!command.matches() || !status.matches()) {
      throw new IOException("not understood: " + lines.get(0));
    }
    int empty = lines.indexOf("");
    String data = group(command, 3, group(command, 5, ""));
    return new Exchange(
        group(command, 1, ""),
        group(command, 2, "GET"),
        command.group(4),
        data,
        Integer.parseInt(status.group(1)),
        lines.subList(2, empty),
        String.join("\n", lines.subList(Math.min(empty + 1, lines.size()), lines.size())).strip());
  }

  private static String group(Matcher matcher, int group, String otherwise) {
    String found = matcher.group(group);
    return found == null ? otherwise : found;
  }
}
