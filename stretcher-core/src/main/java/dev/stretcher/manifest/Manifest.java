package dev.stretcher.manifest;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be deployed, as a manifest describes it. Immutable.
 *
 * <pre>{@code
 * Manifest manifest =
 *     Manifest.of(
 *             Manifest.Archive.of(URI.create("https://example.com/shop.tar.gz"))
 *                 .withChecksum(Digest.parse("sha256:…")),
 *             Manifest.Target.of(Path.of("/srv/shop")).withRules(SyncRules.DEFAULT.withMaxDelete(9)))
 *         .withCommands(Commands.NONE.withPost("systemctl restart shop"));
 * }</pre>
 *
 * <p>The parts may get more components in later versions, so that a program makes them by these
 * methods and not by their constructors. What is wrong in a manifest, such as a relative dest, is
 * found when it is deployed or checked.
 *
 * @param payload the archive and where it goes; empty for a manifest that only runs commands
 * @param commands the hooks
 * @param env variables added to the environment of every hook
 * @param description what is deployed, in words for people; nothing depends on it
 * @param health what finds out whether the deploy works
 * @param onFailure what happens if {@code post} or {@code health} commands fail; empty is what the
 *     syncer does by itself: {@link OnFailure#ROLLBACK} if it keeps releases, else {@link
 *     OnFailure#KEEP}
 */
public record Manifest(
    Optional<Payload> payload,
    Commands commands,
    Map<String, String> env,
    Optional<String> description,
    Health health,
    Optional<OnFailure> onFailure) {
  /** Creates a manifest without health commands. */
  public Manifest(
      Optional<Payload> payload,
      Commands commands,
      Map<String, String> env,
      Optional<String> description) {
    this(payload, commands, env, description, Health.NONE, Optional.empty());
  }

  /** Copies the map; its order stays. */
  public Manifest {
    env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
  }

  /** Returns a manifest that makes a directory equal to an archive's content. */
  public static Manifest of(Archive archive, Target target) {
    return new Manifest(
        Optional.of(new Payload(archive, target)), Commands.NONE, Map.of(), Optional.empty());
  }

  /** Returns a manifest that only runs commands. */
  public static Manifest of(Commands commands) {
    return new Manifest(Optional.empty(), commands, Map.of(), Optional.empty());
  }

  /** Returns this manifest with other hooks. */
  public Manifest withCommands(Commands other) {
    return new Manifest(payload, other, env, description, health, onFailure);
  }

  /** Returns this manifest with other variables for the hooks. */
  public Manifest withEnv(Map<String, String> variables) {
    return new Manifest(payload, commands, variables, description, health, onFailure);
  }

  /** Returns this manifest with a description for people. */
  public Manifest withDescription(String text) {
    return new Manifest(payload, commands, env, Optional.of(text), health, onFailure);
  }

  /** Returns this manifest with other commands that find out whether the deploy works. */
  public Manifest withHealth(Health other) {
    return new Manifest(payload, commands, env, description, other, onFailure);
  }

  /** Returns this manifest with another consequence of failed commands. */
  public Manifest withOnFailure(OnFailure consequence) {
    return new Manifest(payload, commands, env, description, health, Optional.of(consequence));
  }

  /** Returns the manifest with these values, which have no problems. */
  static Manifest of(ManifestValues values) {
    return new Manifest(
        values.get(ManifestKeys.SRC).map(src -> Payload.of(src, values)),
        values.get(ManifestKeys.COMMANDS).orElse(Commands.NONE),
        values.get(ManifestKeys.ENV).orElse(Map.of()),
        values.get(ManifestKeys.DESCRIPTION),
        values.get(ManifestKeys.HEALTH).orElse(Health.NONE),
        values.get(ManifestKeys.ON_FAILURE));
  }

  /**
   * An archive and its place.
   *
   * @param archive what to fetch
   * @param target where it goes
   */
  public record Payload(Archive archive, Target target) {
    static Payload of(URI src, ManifestValues values) {
      return new Payload(
          new Archive(src, values.get(ManifestKeys.CHECKSUM), values.get(ManifestKeys.TOC)),
          values.target().orElseThrow());
    }
  }

  /**
   * The description of an archive.
   *
   * @param src where it is fetched from
   * @param checksum what its bytes must hash to; empty only for plug-ins that verify otherwise
   * @param toc the SHA-256 of its table of contents, if it has one: then an agent fetches only the
   *     contents that its dest lacks
   */
  public record Archive(URI src, Optional<Digest> checksum, Optional<Digest> toc) {
    /** Creates the description of an archive without a table of contents. */
    public Archive(URI src, Optional<Digest> checksum) {
      this(src, checksum, Optional.empty());
    }

    /** Returns the description of an archive of which only the place is known. */
    public static Archive of(URI src) {
      return new Archive(src, Optional.empty());
    }

    /** Returns this description with what the archive's bytes must hash to. */
    public Archive withChecksum(Digest digest) {
      return new Archive(src, Optional.of(digest), toc);
    }

    /** Returns this description with what the archive's table of contents must hash to. */
    public Archive withToc(Digest digest) {
      return new Archive(src, checksum, Optional.of(digest));
    }
  }

  /**
   * The directory that becomes equal to the archive's content.
   *
   * @param dest an absolute path; {@code .} and {@code ..} in it are resolved
   * @param mode the mode that dest gets; empty leaves it to the archive, or else 0755
   * @param syncStrategy the name of the syncer; empty for the default
   * @param links where the archive's symbolic links may lead to
   * @param rules what the syncer has to heed
   */
  public record Target(
      Path dest,
      Optional<FileMode> mode,
      Optional<String> syncStrategy,
      Links links,
      SyncRules rules) {
    /** Resolves dest. */
    public Target {
      dest = dest.normalize();
    }

    /** Returns a directory that is synced by the default strategy and rules. */
    public static Target of(Path dest) {
      return new Target(dest, Optional.empty(), Optional.empty(), Links.ANY, SyncRules.DEFAULT);
    }

    /** Returns this target with another mode of dest itself. */
    public Target withMode(FileMode other) {
      return new Target(dest, Optional.of(other), syncStrategy, links, rules);
    }

    /** Returns this target with another syncer, by its name. */
    public Target withSyncStrategy(String name) {
      return new Target(dest, mode, Optional.of(name), links, rules);
    }

    /** Returns this target with another rule for the archive's symbolic links. */
    public Target withLinks(Links other) {
      return new Target(dest, mode, syncStrategy, other, rules);
    }

    /** Returns this target with other rules for the syncer. */
    public Target withRules(SyncRules other) {
      return new Target(dest, mode, syncStrategy, links, other);
    }

    static Target of(Path dest, ManifestValues values) {
      return new Target(
          dest,
          values.get(ManifestKeys.DEST_MODE),
          values.get(ManifestKeys.SYNC_STRATEGY),
          values.get(ManifestKeys.LINKS).orElse(Links.ANY),
          SyncRules.of(values));
    }
  }
}
