package dev.stretcher.cli.command;

import dev.stretcher.option.Kinds;
import dev.stretcher.option.Setting;
import dev.stretcher.option.Topic;

/** The forms of what a command prints on STDOUT. */
enum OutputFormat {
  TEXT,
  JSON;

  /** Chooses one. */
  static final Setting<OutputFormat> SETTING =
      Setting.of(
          "format",
          Kinds.oneOf(values()),
          TEXT,
          Topic.AGENT,
          "What is printed: text, lines for people and manifests; json, an object.");
}
