package dev.stretcher.cli.config;

import dev.stretcher.cli.flag.UsageException;

/** The configuration of this host cannot be used; the message names the file. */
public sealed class ConfigException extends UsageException permits UnreadableConfigException {
  private static final long serialVersionUID = 1L;

  ConfigException(String message) {
    super(message);
  }
}
