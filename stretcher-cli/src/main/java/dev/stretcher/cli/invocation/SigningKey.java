package dev.stretcher.cli.invocation;

import dev.stretcher.cli.flag.SignSettings;
import dev.stretcher.option.Options;
import dev.stretcher.sign.Password;
import dev.stretcher.sign.SecretKey;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.Printable;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The secret key that the command line names. */
public final class SigningKey {
  private SigningKey() {}

  /**
   * Reads it; empty if none is named.
   *
   * @return the key, which the caller closes
   * @throws IOException if it cannot be used; the message names its file and the remedy
   */
  public static Optional<SecretKey> of(Invocation invocation) throws IOException {
    Options options = invocation.options();
    if (!options.isSet(SignSettings.SIGN)) {
      return Optional.empty();
    }
    Path file = NativeText.path(options.get(SignSettings.SIGN));
    SecretKey key = SecretKey.read(file, password(invocation, file));
    warnIfOpen(invocation, "key", file);
    if (options.isSet(SignSettings.PASSWORD_FILE)) {
      warnIfOpen(invocation, "password", NativeText.path(options.get(SignSettings.PASSWORD_FILE)));
    }
    return Optional.of(key);
  }

  private static void warnIfOpen(Invocation invocation, String what, Path file) {
    if (SecretKey.isReadableByOthers(file)) {
      invocation
          .err()
          .println(
              "Warning: others than its owner may read the %s %s; close it by chmod 600"
                  .formatted(what, Printable.of(file)));
    }
  }

  private static Password password(Invocation invocation, Path key) {
    Options options = invocation.options();
    if (options.isSet(SignSettings.PASSWORD_FILE)) {
      return Password.ofFile(NativeText.path(options.get(SignSettings.PASSWORD_FILE)));
    }
    String variable =
        invocation.surroundings().environment().getOrDefault(SignSettings.PASSWORD_VARIABLE, "");
    return variable.isEmpty()
        ? () -> typed(invocation, key)
        : () -> Password.bytes(variable.toCharArray());
  }

  /** From JDK 22 on there is a console even where nobody sits, which then has nothing to say. */
  @SuppressWarnings("SystemConsoleNull")
  private static byte[] typed(Invocation invocation, Path key) throws IOException {
    Console console = invocation.surroundings().terminal() ? System.console() : null;
    char[] typed =
        console == null ? null : console.readPassword("Password of %s: ", Printable.of(key));
    if (typed == null) {
      throw new IOException(
          "the key %s has a password, and there is no terminal to ask for it; name its file by --sign-password-file, or set %s"
              .formatted(Printable.of(key), SignSettings.PASSWORD_VARIABLE));
    }
    try {
      return Password.bytes(typed);
    } finally {
      Arrays.fill(typed, '\0');
    }
  }
}
