package dev.stretcher.cli.flag;

import dev.stretcher.option.Setting;

/** The value of a flag is wrong. */
public final class FlagValueException extends UsageException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param reason what is wrong with the value
   */
  public FlagValueException(Setting<?> setting, String reason) {
    super("Invalid value for option '%s': %s".formatted(Flag.of(setting), reason));
  }
}
