package dev.stretcher.cli.config;

/** There is a standard configuration, which this user may not read; nobody has named it. */
public final class UnreadableConfigException extends ConfigException {
  private static final long serialVersionUID = 1L;

  UnreadableConfigException(String message) {
    super(message);
  }
}
