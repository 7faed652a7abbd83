package dev.stretcher.report;

import dev.stretcher.manifest.CommandList;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.manifest.ManifestKey;
import dev.stretcher.manifest.ManifestKeys;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * A manifest on one line for the log: what is deployed, where to and how, and how many hooks there
 * are. A check and the log for programs have the rest.
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
    }
    StringJoiner hooks = new StringJoiner(", ");
    for (Map.Entry<String, CommandList> phase : manifest.commands().byPhase().entrySet()) {
      hooks.add(phase.getValue().commands().size() + " " + phase.getKey());
    }
    return text.add("hooks: " + (hooks.length() == 0 ? "none" : hooks)).toString();
  }
}
