package dev.stretcher.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read as the same manifest. */
class ManifestWriterTest {
  private static final List<String> PIECES =
      List.of(
          "{{",
          "}}",
          "{",
          "{{ env \"HOME\" }}",
          "{{- ",
          " -}}",
          "\"",
          "'",
          "\\",
          "`",
          ":",
          ": ",
          " #",
          "#",
          "- ",
          "-",
          "---",
          "...",
          "<<",
          "&a",
          "*a",
          "!x",
          "%",
          "@",
          "|",
          ">",
          "[",
          "]",
          ",",
          "?",
          "=",
          "~",
          "null",
          "true",
          "No",
          "0711",
          "0x1f",
          "1e3",
          "1_000",
          ".5",
          "12:30",
          " ",
          "  ",
          "\t",
          "\n",
          "\r\n",
          "\u0085",
          "\u2028",
          "\ufeff",
          "\u0001",
          "\u007f",
          "\u00e9",
          "\u65e5\u672c",
          "\ud83d\ude00",
          "x",
          "systemctl restart app",
          "/srv/app",
          "$HOME",
          "\\n",
          "key: value",
          "sync_stratgy: x");

  private static ManifestReader.Result read(String yaml) throws ManifestException {
    return new ManifestReader(Map.of()).read(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i >= 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  /** Returns a text that is not blank. */
  private static String some(Random random) {
    return "x" + text(random) + "x";
  }

  private static CommandList list(Random random) {
    CommandList list = CommandList.NONE;
    for (int i = random.nextInt(3); i > 0; i--) {
      list =
          random.nextBoolean() ? list.with(text(random)) : list.with(some(random), limit(random));
    }
    return random.nextInt(3) == 0 ? list.withTimeout(limit(random)) : list;
  }

  private static Duration limit(Random random) {
    return Duration.ofNanos(1 + random.nextLong(1L << (1 + random.nextInt(60))));
  }

  private static Manifest.Target target(Random random) {
    String name = some(random).replaceAll("[\0/]", "-");
    Manifest.Target target =
        Manifest.Target.of(dev.stretcher.text.NativeText.path("/srv/" + name + "/x"));
    if (random.nextBoolean()) {
      target = target.withMode(new FileMode(random.nextInt(010000)));
    }
    if (random.nextBoolean()) {
      target = target.withSyncStrategy(some(random));
    }
    if (random.nextBoolean()) {
      target = target.withLinks(Links.INSIDE);
    }
    return target.withRules(rules(random));
  }

  private static SyncRules rules(Random random) {
    SyncRules rules = SyncRules.DEFAULT;
    if (random.nextBoolean()) {
      rules = rules.withExcludes(some(random), "*.pid", some(random));
    }
    if (random.nextBoolean()) {
      rules = rules.withComparison(Comparison.CHECKSUM);
    }
    if (random.nextBoolean()) {
      rules = rules.withMaxDelete(random.nextInt(1000));
    }
    if (random.nextBoolean()) {
      rules = rules.withRelease(release(random));
    }
    return random.nextBoolean() ? rules.withExcludeFrom(Path.of("conf/list one")) : rules;
  }

  private static ReleaseRules release(Random random) {
    ReleaseRules rules = ReleaseRules.DEFAULT.withKeep(1 + random.nextInt(1000));
    if (random.nextBoolean()) {
      rules =
          rules.withId(List.of("No", "0711", "1e3", "null", "_x", "1.50").get(random.nextInt(6)));
    }
    List<ReleaseRules.Shared> shared = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      String name = some(random).replaceAll("[\0/]", "-");
      shared.add(
          new ReleaseRules.Shared(
              dev.stretcher.text.NativeText.path("conf" + i + "/" + name), random.nextBoolean()));
    }
    return rules.withShared(shared);
  }

  private static Health health(Random random) {
    CommandList commands = list(random).with(some(random));
    Health health = new Health(commands, Health.NONE.steady(), limit(random));
    return random.nextBoolean()
        ? health
        : health.withSteady(health.within().minusNanos(1)).withWithin(health.within());
  }

  private static Manifest manifest(Random random) {
    Commands commands =
        Commands.NONE
            .withPre(list(random))
            .withPost("x: " + text(random))
            .withSuccess(list(random))
            .withFailure(list(random));
    Manifest manifest = Manifest.of(commands);
    if (random.nextInt(4) > 0) {
      Manifest.Archive archive =
          Manifest.Archive.of(
              URI.create("https://u:p%40@example.com/a%20b.tar?x={{".replace("{", "%7B")));
      Digest digest = Digest.parse("ab".repeat(32));
      manifest =
          Manifest.of(random.nextBoolean() ? archive : archive.withChecksum(digest), target(random))
              .withCommands(commands);
    }
    Map<String, String> env = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      env.put(List.of("A", "y", "NO", "null", "_x1").get(random.nextInt(5)), text(random));
    }
    if (random.nextBoolean()) {
      manifest = manifest.withHealth(health(random));
    }
    if (random.nextBoolean()) {
      manifest =
          manifest.withOnFailure(
              manifest.payload().isPresent() ? OnFailure.ROLLBACK : OnFailure.KEEP);
    }
    return random.nextBoolean()
        ? manifest.withEnv(env).withDescription(some(random))
        : manifest.withEnv(env);
  }

  @Test
  void anyManifestIsReadAsItWasWritten() throws Exception {
    long seed = Long.getLong("stretcher.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      Manifest manifest = manifest(random);
      String yaml = ManifestWriter.write(manifest);

      ManifestReader.Result read = read(yaml);

      assertThat(read.manifest()).as("-Dstretcher.seed=%d%n%s", seed, yaml).isEqualTo(manifest);
      assertThat(read.warnings()).as("-Dstretcher.seed=%d%n%s", seed, yaml).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "a b", "x:/", "\u00e9", "a: "})
  void longTextsAreReadAsTheyWereWritten(String piece) throws Exception {
    String text = "x" + piece.repeat(200_000 / piece.length()) + "x";
    Manifest.Target target =
        Manifest.Target.of(Path.of("/srv/app")).withRules(SyncRules.DEFAULT.withExcludes(text));
    Manifest manifest = Manifest.of(Manifest.Archive.of(URI.create("file:/a.tar")), target);
    for (Manifest each :
        List.of(
            manifest,
            Manifest.of(Commands.NONE.withPre(text)),
            Manifest.of(Commands.NONE.withPre("x")).withEnv(Map.of("A", text)),
            Manifest.of(Commands.NONE.withPre("x")).withDescription(text))) {
      // Not isEqualTo, which would print it.
      assertThat(read(ManifestWriter.write(each)).manifest().equals(each)).isTrue();
    }
  }

  @Test
  void whatNeedsNoQuotesHasNone() {
    Manifest manifest =
        Manifest.of(
                Manifest.Archive.of(URI.create("s3://releases/shop-1.4.tar.gz"))
                    .withChecksum(Digest.parse("0cc175b9c0f1b6a831c399e269772661")),
                Manifest.Target.of(Path.of("/srv/../srv/shop"))
                    .withMode(new FileMode(0755))
                    .withRules(SyncRules.DEFAULT.withExcludes("*.pid", "log/").withMaxDelete(9)))
            .withCommands(
                Commands.NONE
                    .withPre(
                        CommandList.of("systemctl stop shop")
                            .with("backup", Duration.ofSeconds(90))
                            .withTimeout(Duration.ofMinutes(5)))
                    .withPost("echo {{ $HOME }}"))
            .withEnv(Map.of("GREETING", "yes"))
            .withDescription("the shop");

    assertThat(ManifestWriter.write(manifest))
        .isEqualTo(
            """
            src: s3://releases/shop-1.4.tar.gz
            checksum: md5:0cc175b9c0f1b6a831c399e269772661
            dest: /srv/shop
            dest_mode: "0755"
            commands:
              pre:
                run:
                  - systemctl stop shop
                  - run: backup
                    timeout: 1m30s
                timeout: "5m0s"
              post:
                - "echo {\\u007B $HOME }}"
            excludes:
              - "*.pid"
              - log/
            max_delete: "9"
            env:
              GREETING: "yes"
            description: the shop
            """
                .replace("1m30s", "\"1m30s\""));
  }

  @Test
  void aManifestOfATextLosesOnlyWhatItDoesNotHave() throws Exception {
    ManifestReader.Result read =
        read("# a comment\ncommands: {pre: [{run: 'a {{ \"{{\" }}'}]}\nunknown: 1\n");
    assertThat(read.warnings()).hasSize(1);

    ManifestReader.Result again = read(ManifestWriter.write(read.manifest()));

    assertThat(again.manifest()).isEqualTo(read.manifest());
    assertThat(again.manifest().commands().pre().lines()).containsExactly("a {{");
    assertThat(again.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "\ud800", "x\udc00y"})
  void whatNoFileNameOrCommandCanHaveIsRefusedByTheReader(String text) {
    String yaml = ManifestWriter.write(Manifest.of(Commands.NONE.withPre(text)));

    assertThatExceptionOfType(ManifestException.class).isThrownBy(() -> read(yaml));
  }

  @Test
  void aUrlBeyondAsciiIsPercentEncodedThen() throws Exception {
    Manifest.Archive archive = Manifest.Archive.of(URI.create("https://host/\u00e9.tar"));
    Manifest manifest = Manifest.of(archive, Manifest.Target.of(Path.of("/srv/a")));

    assertThat(read(ManifestWriter.write(manifest)).manifest().payload().orElseThrow().archive())
        .isEqualTo(Manifest.Archive.of(URI.create("https://host/%C3%A9.tar")));
  }

  @Test
  void aUrlWithoutAPathAndANameThatIsTooLongForAKeyAreRefusedByTheReader() {
    Manifest.Archive archive = Manifest.Archive.of(URI.create("mailto:x"));
    Manifest opaque = Manifest.of(archive, Manifest.Target.of(Path.of("/srv/a")));
    Manifest named = Manifest.of(Commands.NONE.withPre("x")).withEnv(Map.of("A".repeat(1100), "x"));

    for (Manifest manifest : List.of(opaque, named)) {
      String yaml = ManifestWriter.write(manifest);
      assertThatExceptionOfType(ManifestException.class).isThrownBy(() -> read(yaml));
    }
  }

  @Test
  void aManifestMadeStepByStepIsTheOneOfItsParts() {
    Manifest.Archive archive = Manifest.Archive.of(URI.create("file:/a.tar"));
    Manifest.Target target = Manifest.Target.of(Path.of("/srv/a"));
    Commands commands = Commands.NONE.withFailure("mail ops");

    Manifest manifest = Manifest.of(archive, target).withCommands(commands);

    assertThat(manifest.payload()).contains(new Manifest.Payload(archive, target));
    assertThat(manifest.commands().failure().lines()).containsExactly("mail ops");
    assertThat(target.rules().maxDelete()).isEqualTo(OptionalLong.empty());
    assertThat(new ArrayList<>(manifest.env().keySet())).isEmpty();
  }
}
