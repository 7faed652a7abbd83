package dev.stretcher.examples;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.cli.command.Commands;
import dev.stretcher.cli.flag.AgentSettings;
import dev.stretcher.cli.flag.Flag;
import dev.stretcher.cli.flag.FleetSettings;
import dev.stretcher.cli.flag.Given;
import dev.stretcher.cli.flag.SignSettings;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.publish.PublishSettings;
import dev.stretcher.cli.rollout.RolloutAct;
import dev.stretcher.cli.rollout.RuleFlags;
import dev.stretcher.option.Setting;
import dev.stretcher.option.Settings;
import dev.stretcher.sources.setting.SourceSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * No flag is only a name: each that is known is asked for, and each that is documented is known.
 */
class FlagEffectTest {
  private static final Pattern FLAG = Pattern.compile("`(?:[a-z]+ )?(--?[a-z][a-z0-9-]*)[^`]*`");

  /**
   * A call by which the value of a setting is asked for, by its first or its second argument, which
   * may be such a call itself.
   */
  private static final Pattern ASKED =
      Pattern.compile(
          "\\b(?:get|size|limit|has|require)(?=\\((?:\\+*(\\w+),)?\\s*(?:\\w+\\.)?(\\w+))");

  @Test
  void theValueOfEachFlagIsAskedFor() throws Exception {
    Set<String> names = new HashSet<>();
    ASKED
        .matcher(sources())
        .results()
        .forEach(call -> names.addAll(Arrays.asList(call.group(1), call.group(2))));
    List<Setting<?>> asked = new ArrayList<>();
    for (Class<?> owner : owners()) {
      for (Field field : owner.getDeclaredFields()) {
        field.setAccessible(field.getType() == Setting.class);
        if (field.getType() == Setting.class && names.contains(field.getName())) {
          asked.add((Setting<?>) field.get(null));
        }
      }
    }

    assertThat(Commands.flags())
        .isNotEmpty()
        .allSatisfy(flag -> assertThat(asked).as(Flag.of(flag)).contains(flag));
  }

  @Test
  void eachFlagInTheReferenceIsKnown() throws Exception {
    List<String> documented = new ArrayList<>();
    for (String line : Files.readAllLines(Repository.root().resolve("docs/reference/cli.md"))) {
      if (line.startsWith("| `")) {
        String cell = line.substring(2, line.indexOf(" |", 2));
        FLAG.matcher(cell).results().map(found -> found.group(1)).forEach(documented::add);
      }
    }

    assertThat(documented)
        .hasSizeGreaterThan(Commands.flags().size())
        .allSatisfy(flag -> assertThat(complaint(flag)).doesNotContain("Unknown option"));
    assertThat(complaint("--no-such-flag")).contains("Unknown option");
  }

  private static String complaint(String flag) {
    try {
      Given.parse(Commands.flags(), flag, "1");
      return "";
    } catch (UsageException e) {
      return e.getMessage();
    }
  }

  private static List<Class<?>> owners() {
    List<Class<?>> owners =
        new ArrayList<>(
            List.of(
                Settings.class,
                SourceSettings.class,
                AgentSettings.class,
                FleetSettings.class,
                RolloutAct.class,
                RuleFlags.class,
                SignSettings.class,
                PublishSettings.class));
    for (Command command : Commands.NAMED) {
      owners.add(command.getClass());
    }
    return owners;
  }

  private static String sources() throws IOException {
    try (Stream<Path> files = Files.walk(Repository.root())) {
      return files
          .filter(file -> file.toString().matches(".*/stretcher-\\w+/src/main/java/.*\\.java"))
          .map(FlagEffectTest::read)
          .collect(joining());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
