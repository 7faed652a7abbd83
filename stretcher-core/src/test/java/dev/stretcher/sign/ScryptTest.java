package dev.stretcher.sign;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.generators.SCrypt;
import org.junit.jupiter.api.Test;

/** Compared with the RFC and with Bouncy Castle. */
class ScryptTest {
  private static String derived(Scrypt scrypt, String password, String salt) {
    return HexFormat.of()
        .formatHex(scrypt.derive(password.getBytes(UTF_8), salt.getBytes(UTF_8), 64));
  }

  @Test
  void isThatOfTheRfc() {
    assertThat(derived(new Scrypt(1024, 16), "password", "NaCl"))
        .isEqualTo(
            "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640");
    assertThat(derived(new Scrypt(16_384, 1), "pleaseletmein", "SodiumChloride"))
        .isEqualTo(
            "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
  }

  @Test
  void isThatOfBouncyCastleWithRandomPasswordsAndCosts() {
    long seed = Long.getLong("stretcher.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      byte[] password = new byte[random.nextInt(100)];
      byte[] salt = new byte[random.nextInt(64)];
      random.nextBytes(password);
      random.nextBytes(salt);
      int n = 2 << random.nextInt(11);
      int p = 1 + random.nextInt(3);
      int length = 1 + random.nextInt(200);

      assertThat(new Scrypt(n, p).derive(password, salt, length))
          .as("-Dstretcher.seed=%s, try %s", seed, i)
          .isEqualTo(SCrypt.generate(password, salt, n, 8, p, length));
    }
  }

  @Test
  void costsThatAskForMoreRoundsThanAnArrayHasPlaceForAreRefused() {
    assertThatThrownBy(() -> Scrypt.within(1L << 30, 0)).hasMessageContaining("beyond all measure");
  }
}
