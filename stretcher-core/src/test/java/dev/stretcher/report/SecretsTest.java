package dev.stretcher.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  private static final String SECRET = "p'q\"+/ ä\\s%&€😀Z";

  private static Secrets secrets(Map<String, String> environment) {
    return Secrets.of(
        Options.DEFAULT.with(Settings.SECRET_ENV, List.copyOf(environment.keySet())), environment);
  }

  private final Secrets secrets = secrets(Map.of("TOKEN", SECRET));

  @Test
  void aValueIsMaskedHoweverItIsEncoded() {
    Base64.Encoder base64 = Base64.getEncoder();
    for (String encoded :
        List.of(
            SECRET,
            URLEncoder.encode(SECRET, UTF_8),
            URLEncoder.encode(SECRET, UTF_8).toLowerCase(java.util.Locale.ROOT).replace("z", "Z"),
            SECRET.replace(" ", "%20"),
            String.valueOf(JsonStringEncoder.getInstance().quoteAsString(SECRET)),
            SECRET.replace("'", "'\\''"),
            HexFormat.of().formatHex(SECRET.getBytes(UTF_8)))) {
      assertThat(secrets.apply("a " + encoded + "\u0001b")).isEqualTo("a ***\u0001b");
    }
    for (String before : List.of("", "u", "us", "usr:")) {
      String encoded = base64.encodeToString((before + SECRET + "x").getBytes(UTF_8));
      String sure = encoded.substring(before.length() * 8 / 6 + 1, encoded.length() - 4);
      assertThat(secrets.apply("Basic " + encoded)).contains("***").doesNotContain(sure);
      assertThat(secrets.apply(encoded.replace('+', '-').replace('/', '_'))).contains("***");
    }
  }

  @Test
  void base64IsMaskedToItsEnd() {
    Base64.Encoder base64 = Base64.getEncoder();
    for (String secret : List.of("hunter2", "hunter22", "hunter222")) {
      Secrets one = secrets(Map.of("TOKEN", secret));
      for (Base64.Encoder each : List.of(base64, base64.withoutPadding())) {
        String encoded = each.encodeToString(secret.getBytes(UTF_8));
        assertThat(one.apply("a " + encoded + " b")).isEqualTo("a *** b");
      }
    }
  }

  @Test
  void base64AndHexAreMaskedHoweverTheyAreEncoded() {
    String secret = ">>>???s3cret-token>>>???".repeat(5);
    byte[] bytes = secret.getBytes(UTF_8);
    Secrets token = secrets(Map.of("TOKEN", secret));
    String base64 = Base64.getEncoder().encodeToString(bytes);
    String json = base64.replace("/", "\\/");
    String wrapped = Base64.getMimeEncoder().encodeToString(bytes);
    String hex = HexFormat.of().formatHex(bytes);

    for (String encoded :
        List.of(
            URLEncoder.encode(base64, UTF_8),
            URLEncoder.encode(URLEncoder.encode(base64, UTF_8), UTF_8),
            json,
            json.replace("\\", "\\\\"),
            json.replace("+", "%2B"),
            wrapped.replace("\r\n", "\n"),
            wrapped.replace("\r\n", "\n    "),
            wrapped.replace("\r\n", "\\r\\n"),
            wrapped.replace("\r\n", "\\n").replace("\\", "\\\\"),
            URLEncoder.encode(wrapped, UTF_8),
            base64.replace("+", "\\u002b").replace("=", "\\u003d"),
            hex.substring(0, 60) + "\\n" + hex.substring(60),
            hex.substring(0, 60).toUpperCase(java.util.Locale.ROOT) + "\n" + hex.substring(60))) {
      assertThat(token.apply("a " + encoded + "\nb")).isEqualTo("a ***\nb");
    }
  }

  @Test
  void aValueThatIsNotUtf8IsMaskedAsTheBytesThatItIs(@TempDir Path directory) throws IOException {
    byte[] value = "s3cr\u00e4t-value-\u00ff-end".getBytes(ISO_8859_1);
    String seen = new String(value, UTF_8);
    Path block = directory.resolve("environ");
    Files.write(block, ("A=1\0KEY=s3cr\u00e4t-value-\u00ff-end\0B=2\0").getBytes(ISO_8859_1));
    Secrets key =
        Secrets.of(
            Options.DEFAULT.with(Settings.SECRET_ENV, List.of("KEY")), Map.of("KEY", seen), block);

    for (String encoded :
        List.of(
            seen,
            "s3cr%E4t-value-%ff-end",
            "s3cr\\xe4t-value-\\xff-end",
            "s3cr\\udce4t-value-\\udcff-end",
            HexFormat.of().formatHex(value),
            Base64.getEncoder().withoutPadding().encodeToString(value))) {
      assertThat(key.apply("a " + encoded + " b")).isEqualTo("a *** b");
    }
  }

  @Test
  @Timeout(60)
  void muchOutputIsSearchedQuickly() {
    Secrets many = secrets(Map.of("A", "0123456789abcdef".repeat(250), "B", "x\\y%z+0123456789"));
    String line = "a\\n%41+b/c-_0123456789abcdef ".repeat(2400);

    assertThat(IntStream.range(0, 60).map(i -> many.apply(line).length()).distinct()).hasSize(1);
  }

  @Test
  void eachLineOfAValueIsOne() {
    Secrets key = secrets(Map.of("KEY", "-----BEGIN\nMIIEowIB\r\n  ab\n"));

    assertThat(key.apply("x MIIEowIB y")).isEqualTo("x *** y");
    assertThat(key.apply(Printable.line("-----BEGIN\nMIIEowIB\r\n  ab\n")))
        .doesNotContain("MIIEowIB");
    assertThat(key.apply("tab")).isEqualTo("tab");
  }

  @Test
  void aSecretMayBeLong() {
    for (int length : List.of(4000, 100_000)) {
      StringBuilder value = new StringBuilder();
      for (int i = 0; value.length() < length; i++) {
        value.append(i % 10 == 0 ? "\"/+%\\" : "").append(i * 7919L);
      }
      String secret = value.toString();
      Secrets long1 = secrets(Map.of("KEY", secret));

      assertThat(long1.apply("a " + secret + " b")).isEqualTo("a *** b");
      assertThat(long1.apply("a " + URLEncoder.encode(secret, UTF_8))).isEqualTo("a ***");
      assertThat(long1.apply(String.valueOf(JsonStringEncoder.getInstance().quoteAsString(secret))))
          .isEqualTo("***");
    }
  }

  @Test
  void bothPartsOfASecretThatALineCutsAreMasked() {
    String secret = "0123456789abcdefghijklmnopqrstuvwxyz/0123456789ABCDEFGHIJ";
    Secrets cut = secrets(Map.of("KEY", secret));

    assertThat(cut.apply("x=" + secret.substring(0, 20) + Printable.CONTINUED))
        .isEqualTo("x=***" + Printable.CONTINUED);
    assertThat(cut.apply(secret.substring(20, 40))).isEqualTo("***");
    assertThat(cut.apply(secret.substring(40) + " rest")).isEqualTo("*** rest");
    assertThat(cut.apply("the end 0123456789")).isEqualTo("the end 0123456789");
  }

  @Test
  void base64MayBeWrapped() {
    String secret = "secret of a key/".repeat(9) + "its end is here";
    Secrets wrapped = secrets(Map.of("KEY", secret));

    for (String line :
        Base64.getMimeEncoder().encodeToString(secret.getBytes(UTF_8)).split("\r\n", -1)) {
      assertThat(wrapped.apply(line)).matches("\\*\\*\\*.{0,4}");
    }
  }

  @Test
  void theLongerOfTwoIsMaskedAsAWhole() {
    Secrets two = secrets(Map.of("A", "abcd", "B", "abcdefgh"));

    assertThat(two.apply("abcdefgh abcdef")).isEqualTo("*** ***ef");
  }

  @Test
  void whatIsShortOrNotSetIsNoSecret() {
    assertThat(secrets(Map.of("A", "abc", "B", "")).apply("abc")).isEqualTo("abc");
    assertThat(Secrets.of(Options.DEFAULT, Map.of("A", "abcd")).apply("abcd")).isEqualTo("abcd");
  }
}
