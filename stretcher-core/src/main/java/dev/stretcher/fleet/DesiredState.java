package dev.stretcher.fleet;

import dev.stretcher.json.JsonFields;
import dev.stretcher.json.JsonLine;
import dev.stretcher.manifest.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What all hosts of an app should have. Immutable.
 *
 * @param app the app
 * @param generation grows by one with each change, also with the way back; from 1
 * @param id what people call this version; the same form as an app's name
 * @param manifest its absolute URL, with {@code #sha256=} and the digest of the manifest
 * @param previous the ID of what was desired before
 * @param by who set it
 * @param at when
 * @param rules in which order it reaches the hosts
 * @param signature of {@link #signedText}, as minisign writes it
 */
public record DesiredState(
    AppName app,
    long generation,
    String id,
    URI manifest,
    Optional<String> previous,
    String by,
    Instant at,
    RolloutRules rules,
    Optional<String> signature) {
  /** The most bytes that {@link #json} may have. */
  public static final int MAX_BYTES = 4096;

  private static final int VERSION = 1;
  private static final Pattern PIN = Pattern.compile("sha256=[0-9a-f]{64}");

  /**
   * Refuses what no host could deploy.
   *
   * @throws IllegalArgumentException if the generation is not positive, or the URL is relative or
   *     has no digest
   */
  public DesiredState {
    requireId(id);
    if (generation < 1) {
      throw new IllegalArgumentException("generation is " + generation + "; expected 1 or more");
    }
    if (!manifest.isAbsolute()
        || manifest.getRawFragment() == null
        || !PIN.matcher(manifest.getRawFragment()).matches()) {
      throw new IllegalArgumentException(
          "the manifest has no absolute URL that ends with #sha256= and 64 hexadecimal digits");
    }
  }

  /**
   * Refuses what is no ID of a version.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static void requireId(String id) {
    AppName.require(id, "ID of a version");
  }

  /** Returns it with a signature. */
  DesiredState signed(String newSignature) {
    return new DesiredState(
        app, generation, id, manifest, previous, by, at, rules, Optional.of(newSignature));
  }

  /** Returns the digest of the manifest. */
  public Digest pin() {
    return Digest.parse("sha256:" + manifest.getRawFragment().substring("sha256=".length()));
  }

  /** Returns the generation in which this rollout began; a later one may change its rules. */
  public long rollout() {
    return rules.began() == 0 ? generation : rules.began();
  }

  /**
   * Tells whether this is the same rollout as an earlier generation of it, with other rules: then
   * what failed has failed.
   */
  public boolean continues(DesiredState earlier) {
    return rules.began() != 0 && earlier.generation >= rules.began() && earlier.pin().equals(pin());
  }

  /** Returns what a signature covers: everything that decides what hosts deploy. */
  public byte[] signedText() {
    String text =
        "stretcher desired 1\napp %s\ngeneration %s\nid %s\nmanifest %s\n"
            .formatted(app, Long.toString(generation), id, manifest);
    return (text + rules.signedText()).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a value of {@link FleetKeys#desired}.
   *
   * @throws MalformedValueException if the text is not one, or of a later version
   */
  public static DesiredState parse(String text) throws MalformedValueException {
    if (text.length() > MAX_BYTES) {
      throw new MalformedValueException("it is larger than " + MAX_BYTES + " bytes");
    }
    try {
      JsonFields fields = JsonFields.parse(text);
      long version = fields.requireNumber("v");
      if (version > VERSION) {
        throw new MalformedValueException(
            "it has version %s, and this stretcher knows %s; install a newer one"
                .formatted(Long.toString(version), Integer.toString(VERSION)));
      }
      return new DesiredState(
          new AppName(fields.require("app")),
          fields.requireNumber("generation"),
          fields.require("id"),
          new URI(fields.require("manifest")),
          fields.get("previous"),
          fields.get("by").orElse(""),
          Instant.parse(fields.require("at")),
          RolloutRules.of(fields),
          fields.get("signature"));
    } catch (URISyntaxException e) {
      throw new MalformedValueException("its manifest is no URL");
    } catch (IOException | DateTimeException | IllegalArgumentException | ArithmeticException e) {
      throw new MalformedValueException(String.valueOf(e.getMessage()));
    }
  }

  /** Returns the value of {@link FleetKeys#desired}. */
  public String json() {
    JsonLine line =
        new JsonLine()
            .put("v", VERSION)
            .put("app", app.value())
            .put("generation", generation)
            .put("id", id)
            .put("manifest", manifest.toString())
            .put("previous", previous)
            .put("by", by)
            .put("at", at.toString());
    return rules.put(line).put("signature", signature).toString();
  }
}
