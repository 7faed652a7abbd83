package dev.stretcher.cli.config;

import dev.stretcher.cli.flag.AgentSettings;
import dev.stretcher.cli.flag.Flag;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.option.Settings;
import dev.stretcher.sources.setting.SourceSettings;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.Problem;
import dev.stretcher.trust.TrustedFile;
import dev.stretcher.trust.UnreadableException;
import dev.stretcher.yaml.YamlDocument;
import dev.stretcher.yaml.YamlNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds and reads the file that has flags and the policy of a host.
 *
 * @param directory the directory of the standard file, which counts if none is named
 */
public record ConfigFile(Path directory) {
  /** The file of this host. */
  public static final ConfigFile OF_THIS_HOST =
      new ConfigFile(Path.of(AgentSettings.CONFIG_DIRECTORY));

  /** Returns the file that counts if none is named. */
  private Path standard() {
    return directory.resolve(AgentSettings.CONFIG_NAME);
  }

  /**
   * Reads the file that {@code --config} names, or {@code STRETCHER_CONFIG}, or the standard one if
   * there is one. A file that cannot be read in full, or that others could have written, stops the
   * agent, since its rules would not hold.
   *
   * @throws UnreadableConfigException if this user may not read the standard one
   * @throws ConfigException if it cannot be used
   */
  public Config read(Optional<String> flag, Map<String, String> environment) throws UsageException {
    Optional<String> named = named(flag, environment);
    if (named.isEmpty() && Files.notExists(directory, LinkOption.NOFOLLOW_LINKS)) {
      // So it is on most hosts, and all that their start takes.
      return Config.EMPTY;
    }
    Path file = path(flag, environment);
    try {
      Config config = parse(file, content(file));
      requireVariables(file, config.options(), environment);
      return config;
    } catch (NoSuchFileException e) {
      if (named.isEmpty()) {
        return Config.EMPTY;
      }
      throw unusable(file, "there is no such file; make it, or name another one");
    } catch (CharacterCodingException e) {
      throw unusable(file, "it is not UTF-8; save it in that encoding");
    } catch (UnreadableException e) {
      ConfigException unusable = unusable(file, String.valueOf(e.getReason()));
      // Who names a file wants that one.
      throw named.isPresent()
          ? unusable
          : new UnreadableConfigException(String.valueOf(unusable.getMessage()));
    } catch (FileSystemException e) {
      throw unusable(file, String.valueOf(e.getReason()));
    } catch (IOException e) {
      throw unusable(file, e.toString());
    }
  }

  /** Returns the path of the file, which need not exist. */
  public Path path(Optional<String> flag, Map<String, String> environment) {
    return NativeText.path(named(flag, environment).orElse(standard().toString())).toAbsolutePath();
  }

  private static Optional<String> named(Optional<String> flag, Map<String, String> environment) {
    String name = flag.isPresent() ? flag.get() : environment.getOrDefault("STRETCHER_CONFIG", "");
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }

  private static String content(Path file) throws IOException {
    int most = Math.toIntExact(Options.DEFAULT.get(Settings.MAX_MANIFEST));
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(TrustedFile.read(file, most)))
        .toString();
  }

  private static Config parse(Path file, String text) throws UsageException {
    List<Problem> problems = new ArrayList<>();
    Optional<YamlNode> root = YamlDocument.readOnly(text, Options.DEFAULT, problems);
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

  /**
   * Checks the variables that values need, while it is known that the values come from this file.
   */
  private static void requireVariables(Path file, Options options, Map<String, String> environment)
      throws UsageException {
    try {
      SourceSettings.http(options, environment);
    } catch (IllegalArgumentException e) {
      Setting<?> header = SourceSettings.HTTP_HEADER;
      String message = String.valueOf(e.getMessage());
      throw unusable(file, message.replace(header.mention(), Flag.key(header)));
    }
  }

  private static ConfigException unusable(Path file, String reason) {
    return new ConfigException(
        "the configuration %s cannot be used: %s".formatted(NativeText.text(file), reason));
  }
}
