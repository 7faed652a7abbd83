package dev.stretcher.cli.dashboard;

import dev.stretcher.cli.http.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The files of the page, which are in this jar. Immutable. */
final class PageFiles {
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final Map<String, String> TYPES =
      Map.of(
          "index.html", "text/html; charset=utf-8",
          "page.css", "text/css; charset=utf-8",
          "icon.svg", "image/svg+xml",
          "page.js", SCRIPT,
          "apps.js", SCRIPT,
          "hosts.js", SCRIPT,
          "detail.js", SCRIPT,
          "text.js", SCRIPT);

  private final Map<String, Answer> files;

  private PageFiles(Map<String, Answer> files) {
    this.files = files;
  }

  /**
   * Reads them all.
   *
   * @throws IOException if one is missing, and so the jar is damaged
   */
  static PageFiles read() throws IOException {
    Map<String, Answer> files = new HashMap<>();
    for (Map.Entry<String, String> type : TYPES.entrySet()) {
      files.put("/" + type.getKey(), new Answer(Answer.OK, type.getValue(), text(type.getKey())));
    }
    files.put("/", files.get("/index.html"));
    return new PageFiles(files);
  }

  private static String text(String name) throws IOException {
    try (InputStream file = PageFiles.class.getResourceAsStream("page/" + name)) {
      if (file == null) {
        throw new IOException("this jar lacks page/" + name + "; install Stretcher anew");
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  Optional<Answer> find(String path) {
    return Optional.ofNullable(files.get(path));
  }
}
