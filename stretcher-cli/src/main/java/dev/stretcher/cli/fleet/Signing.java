package dev.stretcher.cli.fleet;

import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.cli.invocation.SigningKey;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredSigner;
import dev.stretcher.sign.SecretKey;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** Signs what is desired of an app, if the command line names a key. */
record Signing(AppName app, Optional<SecretKey> key) implements AutoCloseable {
  static Signing of(Invocation invocation, AppName app) throws IOException {
    return new Signing(app, SigningKey.of(invocation));
  }

  Optional<DesiredSigner> signer() {
    return key.map(
        secret -> text -> secret.sign(text, app + ".desired", Clock.systemUTC().instant()));
  }

  @Override
  public void close() {
    key.ifPresent(SecretKey::close);
  }
}
