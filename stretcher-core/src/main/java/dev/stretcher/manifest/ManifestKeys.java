package dev.stretcher.manifest;

import dev.stretcher.text.LenientUri;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.RedactedUri;
import dev.stretcher.yaml.Fields;
import dev.stretcher.yaml.YamlNode.Scalar;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The keys of a manifest; the keys that a syncer has to heed are in {@link RuleKeys}. */
public final class ManifestKeys {
  /** Where the archive is. */
  public static final ManifestKey<URI> SRC =
      new ManifestKey<>("src", "URL", "none: only commands run") {
        @Override
        Optional<URI> read(Fields fields) {
          Optional<Scalar> given = fields.scalar(name());
          try {
            return given.map(scalar -> LenientUri.parse(scalar.text()));
          } catch (IllegalArgumentException e) {
            fields.problem(given.orElseThrow(), "src: " + e.getMessage());
            return Optional.empty();
          }
        }

        @Override
        public Optional<URI> of(Manifest manifest) {
          return manifest.payload().map(payload -> payload.archive().src());
        }

        @Override
        Object shown(URI src) {
          return RedactedUri.of(src);
        }
      };

  /** The digest of the archive's bytes. */
  public static final ManifestKey<Digest> CHECKSUM =
      new ManifestKey<>("checksum", "text", "none: the deploy is refused") {
        @Override
        Optional<Digest> read(Fields fields) {
          Optional<Scalar> given = fields.scalar(name());
          try {
            return given.map(scalar -> Digest.parse(scalar.text()));
          } catch (IllegalArgumentException e) {
            Scalar scalar = given.orElseThrow();
            fields.problem(scalar, "checksum %s: %s".formatted(scalar.shown(), e.getMessage()));
            return Optional.empty();
          }
        }

        @Override
        public Optional<Digest> of(Manifest manifest) {
          return manifest.payload().flatMap(payload -> payload.archive().checksum());
        }
      };

  /** The digest of the archive's table of contents. */
  public static final ManifestKey<Digest> TOC =
      new ManifestKey<>("toc", "text", "none: the whole archive is fetched") {
        @Override
        Optional<Digest> read(Fields fields) {
          Optional<Scalar> given = fields.scalar(name());
          try {
            Optional<Digest> toc = given.map(scalar -> Digest.parse(scalar.text()));
            if (toc.filter(digest -> digest.algorithm() != Digest.Algorithm.SHA256).isEmpty()) {
              return toc;
            }
          } catch (IllegalArgumentException e) {
            // It is told below.
          }
          Scalar scalar = given.orElseThrow();
          fields.problem(
              scalar,
              "toc %s: expected sha256: and 64 hexadecimal digits, as stretcher pack prints them"
                  .formatted(scalar.shown()));
          return Optional.empty();
        }

        @Override
        public Optional<Digest> of(Manifest manifest) {
          return manifest.payload().flatMap(payload -> payload.archive().toc());
        }
      };

  /** The directory that becomes equal to the archive's content. */
  public static final ManifestKey<Path> DEST =
      new ManifestKey<>("dest", "absolute path", "required with `src`") {
        @Override
        Optional<Path> read(Fields fields) {
          if (!fields.hasValue(name())) {
            fields.problem(
                fields.node("src").orElseThrow(),
                "dest is required with src; add the absolute path to deploy to");
            return Optional.empty();
          }
          return fields.scalar(name()).flatMap(scalar -> path(fields, scalar));
        }

        private static Optional<Path> path(Fields fields, Scalar scalar) {
          String shown = scalar.shown();
          try {
            Path dest = NativeText.path(scalar.text()).normalize();
            if (dest.isAbsolute() && dest.getParent() != null) {
              return Optional.of(dest);
            }
            String wrong =
                dest.isAbsolute() ? "must not be the root directory" : "must be absolute";
            fields.problem(scalar, "dest %s %s; write it like /srv/app".formatted(shown, wrong));
          } catch (InvalidPathException e) {
            fields.problem(scalar, "dest %s is not a path: %s".formatted(shown, e.getReason()));
          }
          return Optional.empty();
        }

        @Override
        public Optional<Path> of(Manifest manifest) {
          return manifest.payload().map(payload -> payload.target().dest());
        }

        @Override
        Object shown(Path dest) {
          return NativeText.text(dest);
        }

        @Override
        Object written(Path dest) {
          return NativeText.text(dest);
        }
      };

  /** The permissions of dest itself. */
  public static final ManifestKey<FileMode> DEST_MODE =
      new ManifestKey<>("dest_mode", "mode", "the archive's `.` entry, else `0755`") {
        @Override
        Optional<FileMode> read(Fields fields) {
          return fields.scalar(name()).flatMap(scalar -> FileMode.read(fields, scalar));
        }

        @Override
        public Optional<FileMode> of(Manifest manifest) {
          return manifest.payload().flatMap(payload -> payload.target().mode());
        }

        @Override
        String step(FileMode mode) {
          return "mode " + mode;
        }
      };

  /** The hooks. */
  public static final ManifestKey<Commands> COMMANDS =
      new ManifestKey<>("commands", "mapping", "none") {
        @Override
        boolean needsSrc() {
          return false;
        }

        @Override
        Optional<Commands> read(Fields fields) {
          return fields.mapping(name()).map(mapping -> CommandFields.read(fields, mapping));
        }

        @Override
        public Optional<Commands> of(Manifest manifest) {
          return manifest.commands().equals(Commands.NONE)
              ? Optional.empty()
              : Optional.of(manifest.commands());
        }

        @Override
        Object shown(Commands commands) {
          return commands.shown();
        }

        @Override
        Object written(Commands commands) {
          return CommandFields.written(commands);
        }
      };

  /** The commands that find out whether what was deployed works. */
  public static final ManifestKey<Health> HEALTH =
      new ManifestKey<>("health", "mapping", "none") {
        @Override
        boolean needsSrc() {
          return false;
        }

        @Override
        Optional<Health> read(Fields fields) {
          return fields.mapping(name()).map(mapping -> Health.read(fields, mapping));
        }

        @Override
        public Optional<Health> of(Manifest manifest) {
          return Optional.of(manifest.health()).filter(health -> !health.equals(Health.NONE));
        }

        @Override
        Object shown(Health health) {
          return health.shown();
        }

        @Override
        Object written(Health health) {
          return health.written();
        }
      };

  /** What becomes of dest if commands fail. */
  public static final ManifestKey<OnFailure> ON_FAILURE =
      new ManifestKey<>(
          "on_failure", "`keep`, `rollback`", "`rollback` for strategy `release`, else `keep`") {
        @Override
        boolean needsSrc() {
          return false;
        }

        @Override
        Optional<OnFailure> read(Fields fields) {
          Optional<OnFailure> given =
              Choice.read(fields, name(), OnFailure.KEEP, OnFailure.ROLLBACK);
          if (given.filter(each -> each == OnFailure.ROLLBACK).isPresent()
              && !fields.hasValue(SRC.name())) {
            fields.problem(
                fields.node(name()).orElseThrow(),
                "on_failure: a manifest without src only runs commands, and leaves no release to go"
                    + " back to; remove on_failure, or add src");
          }
          return given;
        }

        @Override
        public Optional<OnFailure> of(Manifest manifest) {
          return manifest.onFailure();
        }

        @Override
        Object shown(OnFailure consequence) {
          return Choice.name(consequence);
        }

        @Override
        Object written(OnFailure consequence) {
          return Choice.name(consequence);
        }

        @Override
        String step(OnFailure consequence) {
          return consequence == OnFailure.KEEP
              ? "keeping it if commands fail"
              : "rolling back if commands fail";
        }
      };

  /** The name of the syncer. */
  public static final ManifestKey<String> SYNC_STRATEGY =
      new ManifestKey<>("sync_strategy", "name", "the agent's default, `tree`") {
        @Override
        Optional<String> read(Fields fields) {
          return fields.scalar(name()).map(Scalar::text);
        }

        @Override
        public Optional<String> of(Manifest manifest) {
          return manifest.payload().flatMap(payload -> payload.target().syncStrategy());
        }
      };

  /** Where symbolic links of the archive may lead to. */
  public static final ManifestKey<Links> LINKS =
      new ManifestKey<>("links", "`any`, `inside`", "`any`") {
        @Override
        Optional<Links> read(Fields fields) {
          return Choice.read(fields, name(), Links.ANY, Links.INSIDE);
        }

        @Override
        public Optional<Links> of(Manifest manifest) {
          return manifest
              .payload()
              .map(payload -> payload.target().links())
              .filter(links -> links != Links.ANY);
        }

        @Override
        Object shown(Links links) {
          return Choice.name(links);
        }

        @Override
        Object written(Links links) {
          return Choice.name(links);
        }

        @Override
        String step(Links links) {
          return "links inside only";
        }
      };

  /** Variables of the commands; their values may be secret and are not shown. */
  public static final ManifestKey<Map<String, String>> ENV =
      new ManifestKey<>("env", "mapping of text", "empty") {
        @Override
        boolean needsSrc() {
          return false;
        }

        @Override
        Optional<Map<String, String>> read(Fields fields) {
          return Optional.of(EnvField.read(fields, name()));
        }

        @Override
        public Optional<Map<String, String>> of(Manifest manifest) {
          return manifest.env().isEmpty() ? Optional.empty() : Optional.of(manifest.env());
        }

        @Override
        Object shown(Map<String, String> env) {
          return List.copyOf(new TreeSet<>(env.keySet()));
        }

        @Override
        Object written(Map<String, String> env) {
          return env;
        }
      };

  /** What is deployed, in words for people. */
  public static final ManifestKey<String> DESCRIPTION =
      new ManifestKey<>("description", "text", "none") {
        @Override
        boolean needsSrc() {
          return false;
        }

        @Override
        Optional<String> read(Fields fields) {
          return fields.scalar(name()).map(Scalar::text);
        }

        @Override
        public Optional<String> of(Manifest manifest) {
          return manifest.description();
        }

        @Override
        String step(String description) {
          // A line of its own in a check.
          return "";
        }
      };

  /** All keys of a manifest, those of {@link RuleKeys} too, in the order of the reference. */
  public static final List<ManifestKey<?>> ALL =
      List.of(
          SRC,
          CHECKSUM,
          TOC,
          DEST,
          DEST_MODE,
          COMMANDS,
          HEALTH,
          ON_FAILURE,
          RuleKeys.EXCLUDES,
          RuleKeys.EXCLUDE_FROM,
          SYNC_STRATEGY,
          RuleKeys.COMPARE,
          RuleKeys.MAX_DELETE,
          RuleKeys.RELEASE,
          LINKS,
          ENV,
          DESCRIPTION);

  private ManifestKeys() {}
}
