package dev.stretcher.cli;

import dev.stretcher.limit.Limit;
import dev.stretcher.limit.Limits;
import dev.stretcher.text.NativeText;
import dev.stretcher.yaml.Problem;
import dev.stretcher.yaml.YamlDocument;
import dev.stretcher.yaml.YamlNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds and reads the file that has flags and the policy of a host. */
final class ConfigFile {
  static final String STANDARD = "/etc/stretcher/config.yml";

  private ConfigFile() {}

  /**
   * Reads the file that {@code --config} names, or {@code STRETCHER_CONFIG}, or the standard one if
   * there is one. A file that cannot be read in full stops the agent: the rules in it would not
   * hold.
   */
  static Config read(Optional<String> flag, Map<String, String> environment) throws UsageException {
    Optional<String> named = named(flag, environment);
    Path file = path(flag, environment);
    try {
      Config config = parse(file, content(file));
      requireValues(file, config, environment);
      return config;
    } catch (NoSuchFileException e) {
      if (named.isEmpty()) {
        return Config.EMPTY;
      }
      throw unusable(file, "there is no such file");
    } catch (CharacterCodingException e) {
      throw unusable(file, "it is not UTF-8; save it in that encoding");
    } catch (IOException e) {
      throw unusable(file, e.toString());
    }
  }

  /** Returns where it is, or would be. */
  static Path path(Optional<String> flag, Map<String, String> environment) {
    return NativeText.path(named(flag, environment).orElse(STANDARD)).toAbsolutePath();
  }

  private static Optional<String> named(Optional<String> flag, Map<String, String> environment) {
    return flag.or(() -> Optional.ofNullable(environment.get("STRETCHER_CONFIG")))
        .filter(name -> !name.isEmpty());
  }

  private static String content(Path file) throws IOException, UsageException {
    if (Files.isDirectory(file)) {
      throw unusable(file, "it is a directory, expected a file");
    }
    if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_WRITE)) {
      throw unusable(file, "everyone may write to it; chmod o-w");
    }
    String owner = Files.getOwner(file).getName();
    if (!owner.equals("root") && !owner.equals(System.getProperty("user.name"))) {
      throw unusable(file, "it belongs to %s, who could change it; chown root".formatted(owner));
    }
    if (Files.size(file) > Limits.DEFAULT.get(Limit.MANIFEST)) {
      throw unusable(file, "it is longer than 1 MiB");
    }
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
        .toString();
  }

  private static Config parse(Path file, String text) throws UsageException {
    List<Problem> problems = new ArrayList<>();
    Optional<YamlNode> root = YamlDocument.readOnly(text, Limits.DEFAULT, problems);
    Config config = Config.EMPTY;
    if (root.isPresent() && root.get() instanceof YamlNode.Mapping mapping) {
      config = new ConfigFields(mapping, problems).config();
    } else if (root.filter(node -> !node.kind().equals("nothing")).isPresent()) {
      problems.add(new Problem(0, 0, "it must be a mapping, not " + root.get().kind()));
    }
    if (!problems.isEmpty()) {
      throw unusable(file, String.join("; ", problems.stream().map(Problem::toString).toList()));
    }
    return config;
  }

  /** Looks at the values of flags, as long as it is known that they come from here. */
  private static void requireValues(Path file, Config config, Map<String, String> environment)
      throws UsageException {
    try {
      Setup.read(Arguments.ofConfig(config.arguments()), environment);
    } catch (FlagValueException e) {
      throw unusable(file, e.inConfig());
    } catch (UsageException e) {
      throw unusable(file, String.valueOf(e.getMessage()));
    }
  }

  private static UsageException unusable(Path file, String reason) {
    return new UsageException(
        "the configuration %s cannot be used: %s".formatted(NativeText.text(file), reason));
  }
}
