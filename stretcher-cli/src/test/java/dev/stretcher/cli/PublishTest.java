package dev.stretcher.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.KeyWithPassword;
import dev.stretcher.contract.Minisign;
import dev.stretcher.testing.consul.ConsulDouble;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that publishes, to a directory. */
class PublishTest {
  @TempDir private Path directory;

  private final Map<String, String> environment = new TreeMap<>();
  private Path tree;
  private Path objects;
  private Path template;

  @BeforeEach
  void makeTree() throws IOException {
    directory = directory.toRealPath();
    tree = Files.createDirectories(directory.resolve("tree"));
    objects = directory.resolve("objects");
    write("v1");
    template =
        Files.writeString(
            directory.resolve("deploy.yml"), "dest: %s\n".formatted(directory.resolve("dest")));
    environment.put("XDG_STATE_HOME", directory.resolve("state").toString());
    environment.put("PATH", System.getenv("PATH"));
  }

  private void write(String version) throws IOException {
    Files.writeString(tree.resolve("version"), version);
  }

  private Cli.Result run(String... args) {
    return Cli.launch(List.of(args), InputStream.nullInputStream(), environment);
  }

  private Cli.Result publish(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "publish",
                tree.toString(),
                "--app=shop",
                "--to=file:" + objects,
                "--manifest=" + template));
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  private String store() {
    return "--store=file:" + directory.resolve("store");
  }

  private static void assertSays(Cli.Result result, int status, String... said) {
    assertThat(result.out() + result.err()).contains(said).doesNotContain("Exception", "\tat ");
    assertThat(result.exitCode()).isEqualTo(status);
  }

  private void assertNothingIsPublished() {
    assertThat(objects).doesNotExist();
    assertThat(directory.resolve("store/desired")).doesNotExist();
  }

  @Test
  void anAgentThatRequiresSignaturesDeploysWhatWasPublished() throws Exception {
    Minisign minisign = Minisign.in(directory);
    String key = "--sign=" + directory.resolve("minisign.key");
    assertSays(
        publish(store(), key, "--id=v1"),
        0,
        "Warning: no host has reported shop yet",
        "v1 has ",
        "shop: v1 is desired, generation 1");

    Path config =
        AgentFixture.trusted(
            directory.resolve("config.yml"),
            "require_signature: [%s]\n".formatted(minisign.publicKey()));
    String[] agent = {
      "agent", "--app=shop", "--node=web-1", "--once", store(), "--config=" + config
    };
    assertSays(run(agent), 0, "succeeded");
    assertThat(directory.resolve("dest/version")).hasContent("v1");

    write("v2");
    assertSays(
        publish(store(), key, "--id=v2"),
        0,
        "v2 has ",
        "against v1, 0 names are new, 1 changed, 0 gone, and a host that has it fetches ",
        "shop: v2 is desired, generation 2, after v1");
    assertSays(run(agent), 0, "succeeded");
    assertThat(directory.resolve("dest/version")).hasContent("v2");
    assertSays(publish(store(), key, "--id=v2"), 0, "shop: v2 is desired, generation 2");
  }

  @Test
  void anAgentLetsItsDelayPassOnceAndBeforeItBegins() {
    assertSays(publish(store(), "--id=v1", "--max-parallel=1"), 0, "v1 is desired");
    Cli.Result result =
        run("agent", "--app=shop", "--node=web-1", "--once", store(), "--random-delay=1ms");
    assertSays(result, 0, "Desired: v1, generation 1: begins in ", "succeeded");
    assertThat(result.err()).doesNotContain("Sleeping");
  }

  @Test
  void withoutAStoreTheUrlIsPrintedAndCanBeDeployed() throws Exception {
    Cli.Result published = publish("--id=v1");
    assertSays(published, 0, "file:" + objects.resolve("shop/v1.yml").toUri().getRawPath());
    String url = published.out().strip();
    assertThat(url).matches("\\S+#sha256=[0-9a-f]{64}");
    assertThat(published.err())
        .contains("No store is named (--store, STRETCHER_STORE): no host is told of it")
        .doesNotContain("each host may fetch");

    assertSays(run("deploy", url), 0, "succeeded");
    assertThat(directory.resolve("dest/version")).hasContent("v1");
  }

  @Test
  void aDryRunPrintsTheManifestAndUploadsNothing() {
    Cli.Result result = publish("--dry-run", "--id=v1", store(), "--env=A=b");
    assertSays(result, 0, "dest: ", "checksum: sha256:", "toc: sha256:", "env:\n  A: b\n");
    assertNothingIsPublished();
  }

  @Test
  void ofTwoPublishersOneWinsAndTheOtherOneSaysWho() throws Exception {
    try (PutServer server = new PutServer()) {
      server.beforePut(() -> publish(store(), "--id=theirs"));
      Cli.Result ours =
          run(
              "publish",
              tree.toString(),
              "--app=shop",
              "--id=ours",
              "--to=" + server.uri("/deploys"),
              "--manifest=" + template,
              store());
      assertSays(ours, 1, " set shop to theirs meanwhile, generation 1");
    }
    assertThat(run("status", store()).out()).contains("shop: theirs, generation 1");
  }

  @Test
  void anIdThatHasOtherContentIsRefusedAndStaysDesired() throws Exception {
    assertSays(publish(store(), "--id=v1"), 0, "v1 is desired");
    write("v2, which is longer");
    assertSays(publish(store(), "--id=v1"), 1, "v1 is the ID of file:", "another manifest");
    assertSays(
        publish("--id=v1"),
        1,
        "shop/v1.yml exists already with other content",
        "choose another name");
    assertThat(run("status", store()).out()).contains("shop: v1, generation 1");
  }

  @Test
  void anIdThatWasPublishedElsewhereIsRefusedBeforeAnythingIsUploaded() {
    assertSays(publish(store(), "--id=v1"), 0, "v1 is desired");
    Path other = directory.resolve("other");
    assertSays(
        publish(store(), "--id=v1", "--to=file:" + other),
        1,
        "v1 is the ID of file:" + objects.resolve("shop/v1.yml").toUri().getRawPath(),
        "generation 1 of shop",
        "another ID");
    assertThat(other).doesNotExist();
    assertThat(run("status", store()).out()).contains("shop: v1, generation 1");
  }

  @Test
  void aKeyThatOthersMayReadIsUsedWithAWarning() throws Exception {
    Minisign.in(directory);
    Path key = directory.resolve("minisign.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertSays(
        publish(store(), "--sign=" + key, "--id=v1"),
        0,
        "Warning: others than its owner may read the key " + key,
        "chmod 600",
        "v1 is desired");
  }

  @Test
  void theLimitsOfDownloadsAreThoseOfUploads() throws Exception {
    byte[] noise = new byte[20_000];
    new Random(1).nextBytes(noise);
    Files.write(tree.resolve("noise"), noise);
    assertSays(
        publish("--id=v1", "--max-bandwidth=1", "--timeout=1ms", "--retry=0"),
        1,
        "timeout 1ms reached while it was uploaded; check the server, or raise --timeout");
    assertThat(objects.resolve("shop/v1.yml")).doesNotExist();
  }

  @Test
  void whatIsWrongIsToldBeforeAnythingIsUploaded() throws Exception {
    Minisign.in(directory);
    Path encrypted = KeyWithPassword.of(directory.resolve("minisign.key"), "right");
    environment.put("STRETCHER_SIGN_PASSWORD", "wr0ng");
    assertSays(publish(store(), "--sign=" + encrypted), 1, "the password is wrong");
    assertSays(
        publish(store(), "--sign=" + directory.resolve("minisign.pub")), 1, "is a public key");
    Files.writeString(template, "dest: /srv/shop\ncommands: {pre: [date]\n");
    assertSays(publish(store()), 1, template + ": line 3, column 1: ");
    assertSays(publish(store(), "--id=../x"), 2, "--id: '../x' is no ID of a version");
    assertSays(publish(store(), "--prune"), 2, "add --keep=COUNT");
    assertSays(publish("--event=deploy"), 2, "name it by --store");
    assertSays(publish("--canary=1"), 2, "rules of a rollout; name its store by --store");
    assertSays(publish(store(), "--max-parallel=all"), 2, "--max-parallel is 'all'");
    assertSays(publish(store(), "--event=deploy"), 1, "it has no events");
    assertSays(run("publish", tree.toString(), "--app=shop"), 2, "Missing option: --to");
    Files.writeString(template, "# ours\ndest: [x]\n");
    assertSays(publish(store()), 1, template + ": line 2, column 7: ");
    Files.writeString(template, "dest: /srv/shop\ncommands:\n  post:\n    - {run: x}\n");
    assertSays(publish("--for=go"), 1, template + ": line 4, column 7: post: the Go original");
    Files.delete(tree.resolve("version"));
    Files.writeString(template, "dest: /srv/shop\n");
    assertSays(publish(store()), 1, "the directory " + tree + " is empty");
    assertNothingIsPublished();
  }

  @Test
  void whatIsOddInTheTemplateIsToldWhereItIsPublished() throws Exception {
    Files.writeString(template, "dest: /srv/shop\nexludes: [a]\n");
    assertSays(publish("--dry-run"), 0, "Warning: " + template + ": line 2, column 1: unknown key");
  }

  @Test
  void aManifestForTheGoOriginalHasABareChecksum() {
    Cli.Result result = publish("--for=go", "--dry-run");
    assertThat(result.out()).containsPattern("\nchecksum: \"?[0-9a-f]{64}\"?\n");
  }

  @Test
  void olderVersionsAreNamedAndRemovedOnlyWhenAsked() throws Exception {
    publish("--id=v1");
    write("v2");
    publish("--id=v2");
    write("v3");
    assertSays(publish("--id=v3", "--keep=1"), 0, "Older, kept: shop/v1.yml");
    assertThat(objects.resolve("shop/v1.yml")).exists();
    assertSays(publish("--id=v3", "--keep=1", "--prune"), 0, "Removing shop/v1.yml");
    try (Stream<Path> left = Files.list(objects.resolve("shop"))) {
      assertThat(left).hasSize(3).contains(objects.resolve("shop/v3.yml"));
    }
  }

  @Test
  void aVersionWhoseArchiveIsGoneIsNotRolledOutAgain() throws Exception {
    publish(store(), "--id=v1");
    Path v1 = objects.resolve("shop/v1.yml");
    Matcher src = Pattern.compile("src: \"?(file:[^\"\\s]+)").matcher(Files.readString(v1));
    assertThat(src.find()).isTrue();
    write("v2");
    publish(store(), "--id=v2");
    Files.delete(Path.of(URI.create(src.group(1))));

    for (String act : List.of("--to=v1", "--back")) {
      assertSays(
          run("rollout", "shop", act, store()), 1, "v1.yml cannot be deployed: ", "no such file");
    }
    Files.delete(v1);
    assertSays(run("rollout", "shop", "--back", store()), 1, v1 + ": no such file", "--unchecked");
    assertThat(run("status", store()).out()).contains("shop: v2, generation 2");
    assertSays(run("rollout", "shop", "--back", "--unchecked", store()), 0, "v1 is desired");
    assertSays(run("rollout", "shop", "--back", store()), 0, "v2 is desired");
  }

  @Test
  void anEventOfConsulTellsTheUrlOfTheManifest() throws Exception {
    try (ConsulDouble consul = ConsulDouble.start()) {
      URI address = consul.address();
      assertSays(publish("--store=" + address, "--id=v1", "--event=deploy"), 0, "v1 is desired");
      URI events = URI.create("http://127.0.0.1:%s/v1/event/list".formatted(address.getPort()));
      String listed;
      try (InputStream in = events.toURL().openStream()) {
        listed = new String(in.readAllBytes(), UTF_8);
      }
      String payload = listed.replaceAll(".*\"Payload\":\"([^\"]*)\".*", "$1");
      assertThat(listed).contains("\"Name\":\"deploy\"");
      assertThat(new String(Base64.getDecoder().decode(payload), UTF_8))
          .contains("shop/v1.yml#sha256=");
    }
  }

  @Test
  void theVersionReachesTheHostsByRules() throws Exception {
    assertSays(
        publish(store(), "--canary=1", "--max-parallel=10%"),
        0,
        "is desired, generation 1; canary 1, at most 10% at once");
  }
}
