package dev.stretcher.cli.flag;

import dev.stretcher.option.Kinds;
import dev.stretcher.option.Setting;

/** The settings of the commands that sign. */
public final class SignSettings {
  /** The variable that has the password of the key where no file has it. */
  public static final String PASSWORD_VARIABLE = "STRETCHER_SIGN_PASSWORD";

  /** The file of the secret key. */
  public static final Setting<String> SIGN =
      CommandFlag.text(
          "sign", "FILE", "Sign by this secret key of minisign, for hosts with require_signature.");

  /** The file of the key's password. */
  public static final Setting<String> PASSWORD_FILE =
      CommandFlag.of(
          "sign-password-file",
          Kinds.name("FILE", PASSWORD_VARIABLE + ", else the terminal is asked"),
          "",
          "The file whose first line is the password of the key.");

  private SignSettings() {}
}
