package dev.stretcher.cli.print;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.stretcher.release.NewRelease;
import dev.stretcher.release.Release;
import dev.stretcher.release.ReleaseUse;
import dev.stretcher.text.NativeText;

/** A release as one JSON object. What is not known is not in it. */
public final class ReleaseJson {
  private final StringBuilder json = new StringBuilder("{");

  private ReleaseJson() {}

  /** Returns the object in one line. */
  public static String of(ListedRelease listed) {
    ReleaseJson object = new ReleaseJson();
    object.release(listed.release());
    listed.release().origin().ifPresent(object::origin);
    listed.use().ifPresent(object::use);
    return object.json.append('}').toString();
  }

  private void release(Release release) {
    text("id", release.id());
    field("live").append(release.live());
    text("state", release.state().label());
    field("proven").append(release.proven());
    text("since", release.since().toString());
    text("directory", NativeText.text(release.directory()));
  }

  private void origin(NewRelease origin) {
    text("made", origin.made().toString());
    text("manifest", origin.manifestUrl());
    text("manifestDigest", origin.manifestDigest());
    origin.archive().ifPresent(digest -> text("archive", digest.toString()));
  }

  private void use(ReleaseUse use) {
    field("bytes").append(use.bytes());
    field("processes").append('[');
    String separator = "";
    for (String process : use.processes()) {
      json.append(separator).append(quoted(process));
      separator = ",";
    }
    json.append(']');
  }

  private void text(String name, String value) {
    field(name).append(quoted(value));
  }

  private StringBuilder field(String name) {
    return json.append(json.length() == 1 ? "\"" : ",\"").append(name).append("\":");
  }

  private static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
