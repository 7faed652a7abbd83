package dev.stretcher.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stretcher.text.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTest {
  @ParameterizedTest
  @CsvSource({
    "32, MD5, md5",
    "40, SHA1, sha1",
    "64, SHA256, sha256",
    "128, SHA512, sha512",
    "40, SHA1, SHA-1",
    "64, SHA256, SHA-256",
    "64, SHA256, ' sha256 '",
  })
  void aDigestIsKnownByItsLengthOrItsName(int length, Digest.Algorithm algorithm, String name) {
    Digest expected = new Digest(algorithm, "ab".repeat(length / 2));
    assertThat(Digest.parse("aB".repeat(length / 2))).isEqualTo(expected);
    assertThat(Digest.parse(name + ":" + "Ab".repeat(length / 2) + " ")).isEqualTo(expected);
    assertThat(Digest.parse(expected.toString())).isEqualTo(expected);
    assertThat(algorithm.hexLength()).isEqualTo(length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "abc",
        "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz",
        "sha256:00112233445566778899aabbccddeeff",
        "crc32:00112233445566778899aabbccddeeff",
        "md-5-:00112233445566778899aabbccddeeff",
        "md5:md5:00112233445566778899aabbccddeeff",
        "0011223344556677 8899aabbccddeeff"
      })
  void aMalformedDigestIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Digest.parse(text))
        .withMessageContaining("hexadecimal");
  }

  @ParameterizedTest
  @CsvSource({"493, 0755, rwxr-xr-x", "0, 0000, ---------", "4095, 07777, rwxrwxrwx"})
  void aModeIsShownInOctal(int bits, String octal, String permissions) {
    assertThat(new FileMode(bits)).hasToString(octal);
    assertThat(new FileMode(bits).permissions())
        .isEqualTo(PosixFilePermissions.fromString(permissions));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 010000, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void aModeHasTwelveBits(int bits) {
    assertThatIllegalArgumentException().isThrownBy(() -> new FileMode(bits));
  }

  @Test
  void aProblemSaysWhereItIsOnOneLine() {
    assertThat(new Problem(0, 0, "a")).hasToString("a");
    assertThat(new Problem(3, 0, "a")).hasToString("line 3: a");
    assertThat(new Problem(3, 4, "a\nb")).hasToString("line 3, column 4: a\\nb");
  }

  @Test
  void anExceptionTellsAllProblemsEvenAfterATrip() throws IOException, ClassNotFoundException {
    List<Problem> problems = List.of(new Problem(0, 0, "one"), new Problem(2, 1, "two"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new ManifestException(problems));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      ManifestException read = (ManifestException) in.readObject();
      assertThat(read).hasMessage("one; line 2, column 1: two");
      assertThat(read.problems()).isEqualTo(problems);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> new ManifestException(List.of()));
  }

  @Test
  void aManifestDoesNotChangeAndKeepsTheOrderOfItsVariables() {
    Map<String, String> env = new LinkedHashMap<>();
    List.of("Z", "A", "M", "B").forEach(name -> env.put(name, ""));
    List<CommandList.Item> pre = new ArrayList<>(CommandList.of("a").commands());
    Commands commands =
        new Commands(
            new CommandList(pre, Optional.empty()),
            CommandList.NONE,
            CommandList.NONE,
            CommandList.NONE);
    Manifest manifest = new Manifest(Optional.empty(), commands, env, Optional.of("shop 1.4.2"));
    env.clear();
    pre.clear();
    assertThat(manifest.env().keySet()).containsExactly("Z", "A", "M", "B");
    assertThat(manifest.commands().pre().lines()).containsExactly("a");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> manifest.env().clear());
  }

  @Test
  void rulesDoNotChangeWithTheListItWasMadeOf() {
    List<String> excludes = new ArrayList<>(List.of("*.pid"));
    SyncRules rules = SyncRules.excluding(excludes).withMaxDelete(0);
    excludes.clear();
    assertThat(rules.excludes()).containsExactly("*.pid");
    assertThat(rules.maxDelete()).hasValue(0);
  }

  @Test
  void rulesNameTheKeysThatAreNotAsIfTheyWereAbsent() {
    assertThat(SyncRules.DEFAULT.given()).isEmpty();
    SyncRules rules = SyncRules.DEFAULT.withComparison(Comparison.CHECKSUM).withMaxDelete(0);
    assertThat(rules.given()).containsExactly(RuleKeys.COMPARE, RuleKeys.MAX_DELETE);
    assertThat(rules.givenBesides(RuleKeys.COMPARE)).containsExactly(RuleKeys.MAX_DELETE);
  }

  @Test
  void aDescriptionIsTextThatCheckAndLogShow() throws Exception {
    String yaml = "description: shop 1.50\nsrc: file:/a.tar\ndest: /srv/shop\n";
    Manifest manifest =
        new ManifestReader(Map.of()).read(yaml.getBytes(StandardCharsets.UTF_8)).manifest();
    assertThat(manifest.description()).contains("shop 1.50");
    // It is a line of its own, and no part of a step.
    assertThat(ManifestKeys.DESCRIPTION.stepOf(manifest)).isEmpty();
    assertThat(ManifestKeys.DESCRIPTION.shownOf(manifest)).contains("shop 1.50");
  }
}
