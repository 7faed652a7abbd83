package dev.stretcher.internal.release;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.load.LoadedManifest;
import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.manifest.ManifestException;
import dev.stretcher.manifest.ManifestReader;
import dev.stretcher.manifest.ManifestWriter;
import dev.stretcher.option.Settings;
import dev.stretcher.release.NewRelease;
import dev.stretcher.release.Release;
import dev.stretcher.text.RedactedUri;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What releases are made of: written when a release is made, and read when it becomes live again.
 *
 * @param engine knows what is secret
 * @param uri where the manifest is
 * @param loaded the manifest
 */
public record Origins(Engine engine, URI uri, LoadedManifest loaded) {
  /** A manifest is written without its aliases, and may be longer than it was. */
  private static final long LONGEST = 1L << 28;

  /** Returns what the next release would be made of, under an ID that none of {@code there} has. */
  NewRelease next(List<Release> there) {
    Manifest manifest = loaded.manifest();
    Manifest.Payload payload = manifest.payload().orElseThrow();
    Instant made = engine.clock().instant();
    Optional<Digest> archive = payload.archive().checksum();
    String id =
        payload
            .target()
            .rules()
            .release()
            .id()
            .orElseGet(() -> free(NewRelease.idOf(made, archive, loaded.sha256()), there));
    return new NewRelease(
        id,
        made,
        engine.secrets().apply(RedactedUri.of(uri)),
        loaded.sha256(),
        archive,
        ManifestWriter.write(manifest),
        treeRules(payload.target()));
  }

  private static String free(String wanted, List<Release> there) {
    String id = wanted;
    for (int number = 2; Releases.named(there, id).isPresent(); number++) {
      id = wanted + "-" + number;
    }
    return id;
  }

  private static String treeRules(Manifest.Target target) {
    return "dest_mode=%s links=%s"
        .formatted(
            target.mode().map(mode -> Integer.toOctalString(mode.bits())).orElse(""),
            target.links().name().toLowerCase(Locale.ROOT));
  }

  /** Reads the manifest of a release; its templates were replaced when it was deployed. */
  static Manifest manifest(NewRelease origin, Engine engine) throws ManifestException {
    byte[] text = origin.manifest().getBytes(StandardCharsets.UTF_8);
    return new ManifestReader(Map.of(), engine.options().with(Settings.MAX_MANIFEST, LONGEST))
        .read(text)
        .manifest();
  }
}
