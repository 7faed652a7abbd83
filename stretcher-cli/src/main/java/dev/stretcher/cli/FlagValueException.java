package dev.stretcher.cli;

import org.apache.commons.cli.Option;

/** The value of a flag, which also may come from the configuration, is wrong. */
final class FlagValueException extends UsageException {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final String reason;

  FlagValueException(Option flag, String reason) {
    super("Invalid value for option '--%s': %s".formatted(flag.getLongOpt(), reason));
    this.key = ConfigFields.key(flag);
    this.reason = reason;
  }

  /** Returns what is wrong, with the flag's name as it is in a configuration. */
  String inConfig() {
    return key + ": " + reason;
  }
}
