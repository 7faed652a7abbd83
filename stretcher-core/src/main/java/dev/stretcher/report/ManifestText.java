package dev.stretcher.report;

import dev.stretcher.manifest.CommandList;
import dev.stretcher.manifest.Commands;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.manifest.ManifestKey;
import dev.stretcher.manifest.ManifestKeys;
import dev.stretcher.manifest.RuleKeys;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A manifest on one line for the log: what is deployed, where to, as what and how, how many hooks
 * there are, and what their failure means. A check and the log for programs have the rest.
 */
final class ManifestText {
  private static final List<ManifestKey<?>> NAMED =
      List.of(ManifestKeys.SRC, ManifestKeys.CHECKSUM, ManifestKeys.DEST);

  private ManifestText() {}

  static String of(Manifest manifest, String strategy) {
    StringJoiner text = new StringJoiner(", ", "{", "}");
    for (ManifestKey<?> key : NAMED) {
      key.shownOf(manifest).ifPresent(value -> text.add(key.name() + ": " + value));
    }
    if (manifest.payload().isPresent()) {
      text.add(ManifestKeys.SYNC_STRATEGY.name() + ": " + strategy);
      Optional<String> release = manifest.payload().get().target().rules().release().id();
      release.ifPresent(id -> text.add(RuleKeys.RELEASE.name() + ": " + id));
    }
    StringJoiner hooks = new StringJoiner(", ");
    Commands commands = manifest.commands();
    add(hooks, "pre", commands.pre());
    add(hooks, "post", commands.post());
    add(hooks, "health", manifest.health().commands());
    add(hooks, "success", commands.success());
    add(hooks, "failure", commands.failure());
    text.add("hooks: " + (hooks.length() == 0 ? "none" : hooks));
    ManifestKeys.ON_FAILURE
        .shownOf(manifest)
        .ifPresent(value -> text.add(ManifestKeys.ON_FAILURE.name() + ": " + value));
    return text.toString();
  }

  private static void add(StringJoiner hooks, String phase, CommandList list) {
    if (!list.isEmpty()) {
      hooks.add(list.commands().size() + " " + phase);
    }
  }
}
