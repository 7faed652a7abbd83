package dev.stretcher.publication;

import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.ManifestException;
import dev.stretcher.manifest.ManifestKeys;
import dev.stretcher.manifest.ManifestReader;
import dev.stretcher.manifest.ManifestReader.Reading;
import dev.stretcher.manifest.ManifestValues;
import dev.stretcher.option.Options;
import dev.stretcher.text.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A manifest in which the archive is still missing. Publishing fills in {@code src}, {@code
 * checksum}, {@code toc}, {@code release.id} for the strategy {@code release}, and variables of
 * {@code env}; all other lines stay as they are, with comments and what hosts replace. Immutable.
 */
public final class ManifestTemplate {
  private static final int LONGEST = 1 << 20;
  private static final Pattern DOCUMENT = Pattern.compile("---(?:\\s|$)");
  private static final Pattern BEFORE_DOCUMENT = Pattern.compile("\\s*(?:#|$)|%");
  private static final Pattern VARIABLE = Pattern.compile("must_env\\s+(?:\"([^\"]+)\"|`([^`]+)`)");

  private final String name;
  private final String text;

  private ManifestTemplate(String name, String text) {
    this.name = name;
    this.text = text;
  }

  /**
   * What is filled in.
   *
   * @param src where hosts fetch the archive
   * @param checksum the archive's digest, as the manifest has it
   * @param toc that of its table of contents, if it has one
   * @param id what this version is called
   * @param env variables for the commands
   */
  record Filling(
      URI src, String checksum, Optional<Digest> toc, String id, Map<String, String> env) {}

  /**
   * Reads a template.
   *
   * @throws IOException if it cannot be read; the message names the file
   */
  public static ManifestTemplate read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(file.toString(), new String(in.readNBytes(LONGEST + 1), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new UnpublishableException("there is no template " + file, e);
    } catch (IOException e) {
      throw new UnpublishableException(
          "the template %s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Returns a template.
   *
   * @param name for messages
   */
  public static ManifestTemplate of(String name, String text) {
    return new ManifestTemplate(name, text);
  }

  /** Returns its name for messages. */
  public String name() {
    return name;
  }

  String text() {
    return text;
  }

  /**
   * Returns the manifest.
   *
   * @param environment the variables that are known here; those that only hosts have count as set
   * @throws ManifestException if it is none, with the places in the template
   * @throws UnpublishableException if the template cannot be filled in
   */
  String filled(Filling filling, Map<String, String> environment, Options limits)
      throws ManifestException, UnpublishableException {
    ManifestReader reader = new ManifestReader(known(environment), limits);
    // What is no YAML ends here, before lines are added.
    reader.examine(text.getBytes(StandardCharsets.UTF_8));
    requireOneDocument();
    // Lines are still those of the template.
    YamlLines lines = archive(filling);
    reader.read(lines.text().getBytes(StandardCharsets.UTF_8));
    boolean keepsReleases =
        lines.value("release").isPresent()
            || lines.value("sync_strategy").filter("release"::equals).isPresent();
    if (keepsReleases) {
      lines.set("release", "id", filling.id());
    }
    filling.env().forEach((key, value) -> lines.set("env", key, value));
    requireFilled(lines.text(), filling, keepsReleases, reader);
    return lines.text();
  }

  private YamlLines archive(Filling filling) {
    YamlLines lines = new YamlLines(text);
    lines.set("src", filling.src().toString());
    lines.set("checksum", filling.checksum());
    filling
        .toc()
        .ifPresentOrElse(toc -> lines.set("toc", toc.toString()), () -> lines.remove("toc"));
    return lines;
  }

  private void requireFilled(
      String filled, Filling filling, boolean keepsReleases, ManifestReader reader)
      throws UnpublishableException {
    try {
      Reading reading = reader.examine(filled.getBytes(StandardCharsets.UTF_8));
      ManifestValues values = reading.values();
      Map<String, String> env = values.get(ManifestKeys.ENV).orElse(Map.of());
      if (reading.problems().isEmpty()
          && values.get(ManifestKeys.SRC).equals(Optional.of(filling.src()))
          && values.get(ManifestKeys.TOC).equals(filling.toc())
          && values.get(ManifestKeys.CHECKSUM).equals(Optional.of(Digest.parse(filling.checksum())))
          && (!keepsReleases || values.rules().release().id().equals(Optional.of(filling.id())))
          && env.entrySet().containsAll(filling.env().entrySet())) {
        return;
      }
    } catch (ManifestException e) {
      // It was one before its mappings were filled in.
    }
    throw new UnpublishableException(
        "the template %s cannot be filled in; write src, checksum, toc, release and env at the beginning of lines of their own"
            .formatted(name));
  }

  /** Lines that are added at the end would come into the second one, which no host heeds. */
  private void requireOneDocument() throws ManifestException {
    List<String> lines = text.lines().toList();
    boolean begun = false;
    for (int i = 0; i < lines.size(); i++) {
      boolean begins = DOCUMENT.matcher(lines.get(i)).lookingAt();
      if (begins && begun) {
        throw new ManifestException(
            List.of(
                new Problem(
                    i + 1,
                    1,
                    "a second document begins here; a manifest has one, remove this one")));
      }
      begun = begun || begins || !BEFORE_DOCUMENT.matcher(lines.get(i)).lookingAt();
    }
  }

  /** Returns what is odd in it, with the places. */
  List<Problem> warnings(Map<String, String> environment, Options limits) throws ManifestException {
    return new ManifestReader(known(environment), limits)
        .examine(text.getBytes(StandardCharsets.UTF_8))
        .warnings();
  }

  private Map<String, String> known(Map<String, String> environment) {
    Map<String, String> known = new HashMap<>(environment);
    Matcher variables = VARIABLE.matcher(text);
    while (variables.find()) {
      String quoted = variables.group(1);
      known.putIfAbsent(quoted == null ? variables.group(2) : quoted, "/1");
    }
    return known;
  }

  /** Returns what the Go original would not read, or would not heed. */
  List<Problem> problemsForGo(Map<String, String> environment, Options limits) {
    return GoManifest.problems(text, known(environment), limits);
  }
}
