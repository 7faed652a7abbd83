package dev.stretcher.report;

import dev.stretcher.manifest.Commands;
import dev.stretcher.manifest.Comparison;
import dev.stretcher.manifest.Links;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.RedactedUri;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.TreeSet;

/** A manifest on one line for the log: without the values of its variables, which may be secret. */
final class ManifestText {
  private ManifestText() {}

  static String of(Manifest manifest) {
    StringJoiner text = new StringJoiner(", ", "{", "}");
    manifest.payload().ifPresent(payload -> add(text, payload));
    Commands commands = manifest.commands();
    text.add("pre: " + commands.pre().lines());
    text.add("post: " + commands.post().lines());
    text.add("success: " + commands.success().lines());
    text.add("failure: " + commands.failure().lines());
    if (!manifest.env().isEmpty()) {
      text.add("env: " + new TreeSet<>(manifest.env().keySet()));
    }
    return text.toString();
  }

  private static void add(StringJoiner text, Manifest.Payload payload) {
    Manifest.Target target = payload.target();
    text.add("src: " + RedactedUri.of(payload.archive().src()));
    payload.archive().checksum().ifPresent(checksum -> text.add("checksum: " + checksum));
    text.add("dest: " + NativeText.text(target.dest()));
    target.mode().ifPresent(mode -> text.add("dest_mode: " + mode));
    if (!target.excludes().isEmpty()) {
      text.add("excludes: " + target.excludes());
    }
    target.excludeFrom().ifPresent(file -> text.add("exclude_from: " + file));
    target.syncStrategy().ifPresent(name -> text.add("sync_strategy: " + name));
    if (target.comparison() != Comparison.QUICK) {
      text.add("compare: " + target.comparison().name().toLowerCase(Locale.ROOT));
    }
    if (target.links() == Links.INSIDE) {
      text.add("links: inside");
    }
    target.maxDelete().ifPresent(limit -> text.add("max_delete: " + limit));
  }
}
