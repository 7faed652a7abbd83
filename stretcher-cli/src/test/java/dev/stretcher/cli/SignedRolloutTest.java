package dev.stretcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.KeyWithPassword;
import dev.stretcher.contract.Minisign;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.Fleet;
import dev.stretcher.fleet.Stores;
import dev.stretcher.store.KeyValueStore;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rollouts that are signed, for a host that requires it; by a real key of minisign. */
class SignedRolloutTest {
  private static final AppName SHOP = new AppName("shop");

  @TempDir private Path directory;

  private final Map<String, String> environment = new TreeMap<>();
  private Minisign minisign;
  private Path key;
  private String store;

  @BeforeEach
  void makeKeys() throws Exception {
    directory = directory.toRealPath();
    minisign = Minisign.in(directory);
    key = directory.resolve("minisign.key");
    store = "file:" + directory.resolve("store");
    environment.put("STRETCHER_STORE", store);
    environment.put("XDG_STATE_HOME", directory.resolve("state").toString());
    environment.put("PATH", System.getenv("PATH"));
  }

  private Cli.Result run(String... args) {
    return Cli.launch(List.of(args), InputStream.nullInputStream(), environment);
  }

  private static void assertSays(Cli.Result result, int status, String... said) {
    assertThat(result.out() + result.err()).contains(said).doesNotContain("Exception", "\tat ");
    assertThat(result.exitCode()).isEqualTo(status);
  }

  /** Returns the URL of a signed manifest. */
  private String published(String id) throws Exception {
    Path at = Files.createDirectories(directory.resolve("shop"));
    Path manifest = Path.of(new TestApp(at).file("version", id).pack().manifest(""));
    minisign.sign(manifest);
    return manifest.toUri() + "#sha256=" + DigestUtils.sha256Hex(Files.readAllBytes(manifest));
  }

  private DesiredState desired() throws Exception {
    try (KeyValueStore opened =
        Stores.open(URI.create(store), Map.of(), getClass().getClassLoader())) {
      return Fleet.over(opened).desired(SHOP).orElseThrow();
    }
  }

  /** Lets the agent of a host with {@code require_signature} go to what is desired. */
  private Cli.Result converge() throws Exception {
    Path config =
        AgentFixture.trusted(
            directory.resolve("config.yml"),
            "require_signature: [%s]\n".formatted(minisign.publicKey()));
    return run("agent", "--app=shop", "--node=web-1", "--once", "--config=" + config);
  }

  @Test
  void anAgentThatRequiresSignaturesTakesWhatRolloutHasSigned() throws Exception {
    String first = published("v1");
    assertSays(run("rollout", "shop", "--to", first, "--id=v1"), 0, "generation 1");
    assertSays(converge(), 1, "it is not signed, and require_signature asks for it");

    assertSays(
        run("rollout", "shop", "--to", first, "--id=v1", "--sign=" + key), 0, "generation 2");
    assertSays(converge(), 0, "succeeded");
    assertThat(directory.resolve("shop/dest/version")).hasContent("v1");

    assertSays(
        run("rollout", "shop", "--to", published("v2"), "--id=v2", "--sign=" + key), 0, "after v1");
    assertSays(converge(), 0, "succeeded");
    // Its manifest lies where the later one lies now.
    assertSays(
        run("rollout", "shop", "--back", "--unchecked", "--sign=" + key),
        0,
        "v1 is desired, generation 4");
    assertThat(desired().signature()).isPresent();
  }

  @Test
  void minisignVerifiesTheSignatureOfWhatIsDesired() throws Exception {
    run("rollout", "shop", "--to", published("v1"), "--id=v1", "--sign=" + key);

    Path text = Files.write(directory.resolve("desired"), desired().signedText());
    String signature = desired().signature().orElseThrow();
    Files.writeString(directory.resolve("desired.minisig"), signature);
    minisign.verify(text);
    assertThat(signature).contains("\tfile:shop.desired\thashed");
  }

  @Test
  void thePasswordComesFromAFileOrAVariableAndNothingIsDesiredWithoutIt() throws Exception {
    Path encrypted = KeyWithPassword.of(key, "c0rrect");
    String[] rollout = {"rollout", "shop", "--to", published("v1"), "--sign=" + encrypted};
    assertSays(run(rollout), 1, "no terminal", "--sign-password-file", "STRETCHER_SIGN_PASSWORD");
    environment.put("STRETCHER_SIGN_PASSWORD", "wr0ng");
    Cli.Result wrong = run(rollout);
    assertSays(wrong, 1, encrypted.toString(), "the password is wrong");
    assertThat(wrong.err()).doesNotContain("wr0ng", "c0rrect");
    assertThat(directory.resolve("store")).doesNotExist();

    environment.put("STRETCHER_SIGN_PASSWORD", "c0rrect");
    assertSays(run(rollout), 0, "generation 1");
    Path line = Files.writeString(directory.resolve("password"), "c0rrect\n");
    Files.setPosixFilePermissions(line, PosixFilePermissions.fromString("rw-r--r--"));
    environment.put("STRETCHER_SIGN_PASSWORD", "wr0ng");
    assertSays(
        run("rollout", "shop", "--back", "--sign-password-file=" + line, "--sign=" + encrypted),
        1,
        "Warning: others than its owner may read the password " + line,
        "nothing was desired of shop before");
  }

  @Test
  void aKeyThatOthersMayReadIsUsedWithAWarning() throws Exception {
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertSays(
        run("rollout", "shop", "--to", published("v1"), "--sign=" + key),
        0,
        "Warning: others than its owner may read the key " + key,
        "chmod 600");
  }

  @Test
  void whatIsNoKeyIsAnError() throws Exception {
    assertSays(
        run("rollout", "shop", "--to", published("v1"), "--sign=" + directory.resolve("none")),
        1,
        "there is no key " + directory.resolve("none"));
  }
}
