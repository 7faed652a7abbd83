package dev.stretcher.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.text.Printable;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
