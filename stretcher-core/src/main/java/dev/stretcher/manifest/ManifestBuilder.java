package dev.stretcher.manifest;

import dev.stretcher.text.LenientUri;
import dev.stretcher.text.NativeText;
import dev.stretcher.yaml.Fields;
import dev.stretcher.yaml.Problem;
import dev.stretcher.yaml.YamlNode;
import dev.stretcher.yaml.YamlNode.Mapping;
import dev.stretcher.yaml.YamlNode.Scalar;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a manifest of a mapping, and collects all that is wrong with it. */
final class ManifestBuilder {
  private final Fields fields;
  private final List<Problem> problems;
  private final List<Problem> warnings;

  ManifestBuilder(Mapping root, List<Problem> problems, List<Problem> warnings) {
    this.fields = Fields.of(root, "", KnownKeys.MANIFEST, problems, warnings);
    this.problems = problems;
    this.warnings = warnings;
  }

  /** Returns the manifest, which is one only if no problems were found. */
  Manifest build() {
    Manifest manifest = new Manifest(payload(), commands(), env());
    if (problems.isEmpty() && !isGiven("src") && !isGiven("commands")) {
      problems.add(
          new Problem(0, 0, "it has neither src nor commands, so there is nothing to deploy"));
    }
    return manifest;
  }

  private boolean isGiven(String key) {
    return fields.node(key).filter(node -> !isBlank(node)).isPresent();
  }

  /** Without src nothing that describes it matters, right or wrong. */
  private Optional<Manifest.Payload> payload() {
    Optional<YamlNode> given = fields.node("src").filter(node -> !isBlank(node));
    return given.flatMap(this::payload);
  }

  private static boolean isBlank(YamlNode node) {
    return node instanceof Scalar scalar && scalar.text().isBlank();
  }

  private Optional<Manifest.Payload> payload(YamlNode given) {
    Optional<URI> src = fields.scalar("src").flatMap(this::src);
    Optional<Digest> checksum = fields.scalar("checksum").flatMap(this::checksum);
    Optional<Path> dest = fields.scalar("dest").flatMap(this::dest);
    Manifest.Target target =
        new Manifest.Target(
            dest.orElse(Path.of("/")),
            fields.scalar("dest_mode").flatMap(text -> ModeField.read(text, problems, warnings)),
            excludes(),
            fields.scalar("exclude_from").flatMap(this::excludeFrom),
            fields.scalar("sync_strategy").map(Scalar::text),
            RuleFields.comparison(fields),
            RuleFields.maxDelete(fields),
            RuleFields.links(fields));
    if (fields.node("dest").filter(node -> !isBlank(node)).isEmpty()) {
      fields.problem(given, "dest is required with src; add the absolute path to deploy to");
    }
    return src.map(uri -> new Manifest.Payload(new Manifest.Archive(uri, checksum), target));
  }

  private Optional<URI> src(Scalar scalar) {
    try {
      return Optional.of(LenientUri.parse(scalar.text()));
    } catch (IllegalArgumentException e) {
      fields.problem(scalar, "src: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Digest> checksum(Scalar scalar) {
    try {
      return Optional.of(Digest.parse(scalar.text()));
    } catch (IllegalArgumentException e) {
      fields.problem(scalar, "checksum %s: %s".formatted(scalar.shown(), e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<Path> dest(Scalar scalar) {
    try {
      Path dest = NativeText.path(scalar.text()).normalize();
      if (dest.isAbsolute() && dest.getParent() != null) {
        return Optional.of(dest);
      }
      String wrong = dest.isAbsolute() ? "must not be the root directory" : "must be absolute";
      fields.problem(scalar, "dest %s %s; write it like /srv/app".formatted(scalar.shown(), wrong));
    } catch (InvalidPathException e) {
      fields.problem(scalar, "dest %s is not a path: %s".formatted(scalar.shown(), e.getReason()));
    }
    return Optional.empty();
  }

  private List<String> excludes() {
    List<Scalar> patterns = fields.list("excludes");
    patterns.stream()
        .filter(pattern -> pattern.text().isEmpty())
        .forEach(pattern -> fields.problem(pattern, "excludes has an empty pattern; remove it"));
    return patterns.stream().map(Scalar::text).toList();
  }

  private Optional<String> excludeFrom(Scalar scalar) {
    String name = scalar.text();
    List<String> parts = List.of(name.split("/", -1));
    boolean nameless = Set.of("", ".").contains(parts.get(parts.size() - 1));
    if (name.startsWith("/") || parts.contains("..") || nameless) {
      fields.problem(
          scalar,
          "exclude_from %s must be a file in the archive, relative to its root"
              .formatted(scalar.shown()));
      return Optional.empty();
    }
    return Optional.of(name);
  }

  private Commands commands() {
    return fields
        .mapping("commands")
        .map(new CommandFields(problems, warnings)::read)
        .orElse(Commands.NONE);
  }

  private Map<String, String> env() {
    Map<String, String> env = new LinkedHashMap<>();
    fields
        .map("env")
        .forEach(
            (key, value) -> {
              if (!key.text().matches("[A-Za-z_][A-Za-z0-9_]*")) {
                fields.problem(
                    key,
                    "env: %s is not a name of a variable; use letters, digits and _"
                        .formatted(key.shown()));
              }
              env.put(key.text(), value);
            });
    return env;
  }
}
