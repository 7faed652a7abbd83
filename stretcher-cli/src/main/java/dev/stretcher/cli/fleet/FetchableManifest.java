package dev.stretcher.cli.fleet;

import dev.stretcher.cli.invocation.Answer;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.cli.invocation.Reason;
import dev.stretcher.cli.rollout.ManifestCheck;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.manifest.ManifestException;
import dev.stretcher.manifest.ManifestReader;
import dev.stretcher.option.Settings;
import dev.stretcher.sources.FileSource;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import dev.stretcher.text.Printable;
import dev.stretcher.text.RedactedUri;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Looks from here whether hosts can fetch a manifest and its archive. What is not there is refused;
 * what cannot be asked from here, hosts may still have, so that there is only a warning.
 */
final class FetchableManifest implements ManifestCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String TEMPLATE = "{{";
  private static final String REMEDY =
      "publish it again, or say --unchecked if only hosts can see it";

  private final Invocation invocation;
  private final Duration patience;

  FetchableManifest(Invocation invocation) {
    this(invocation, PATIENCE);
  }

  FetchableManifest(Invocation invocation, Duration patience) {
    this.invocation = invocation;
    this.patience = patience;
  }

  @Override
  public void require(URI manifest) throws InterruptedException {
    String shown = RedactedUri.of(manifest);
    List<Source> sources = new ArrayList<>(invocation.sources());
    sources.add(new FileSource());
    try {
      Answer.within(patience, "what it was asked", () -> look(manifest, sources));
    } catch (NoSuchFileException e) {
      throw new NoSuchElementException(
          "%s cannot be deployed: %s; %s".formatted(shown, Reason.of(e), REMEDY));
    } catch (IOException e) {
      invocation
          .err()
          .println(
              Printable.line(
                  "Warning: it was not checked whether hosts can fetch %s: %s"
                      .formatted(shown, Reason.of(e))));
    } finally {
      close(sources);
    }
  }

  /** Returns where the archive is that was found. */
  private Optional<URI> look(URI pinned, List<Source> sources)
      throws IOException, InterruptedException {
    String text = pinned.toString();
    byte[] bytes = read(URI.create(text.substring(0, text.indexOf('#'))), sources);
    String digest = "sha256=" + DigestUtils.sha256Hex(bytes);
    if (isGzip(bytes)) {
      throw new IOException("it is compressed");
    }
    if (!digest.equals(pinned.getRawFragment())) {
      throw new NoSuchElementException(
          "%s has #%s, expected #%s; it was changed, or the digest is that of another one"
              .formatted(RedactedUri.of(pinned), digest, pinned.getRawFragment()));
    }
    Optional<URI> src = src(pinned, bytes);
    if (src.isPresent()) {
      open(src.get(), sources).close();
    }
    return src;
  }

  /** Returns where the archive is, unless only hosts know. */
  private Optional<URI> src(URI pinned, byte[] bytes) {
    if (new String(bytes, StandardCharsets.UTF_8).contains(TEMPLATE)) {
      return Optional.empty();
    }
    ManifestReader reader =
        new ManifestReader(invocation.surroundings().environment(), invocation.options());
    try {
      return reader
          .read(bytes)
          .manifest()
          .payload()
          .map(Manifest.Payload::archive)
          .map(Manifest.Archive::src);
    } catch (ManifestException e) {
      throw new NoSuchElementException(
          "%s is not a manifest: %s".formatted(RedactedUri.of(pinned), e.getMessage()));
    }
  }

  private byte[] read(URI uri, List<Source> sources) throws IOException, InterruptedException {
    int most = Math.toIntExact(invocation.options().get(Settings.MAX_MANIFEST));
    try (Content content = open(uri, sources)) {
      return content.body().readNBytes(most);
    }
  }

  private static Content open(URI uri, List<Source> sources)
      throws IOException, InterruptedException {
    for (Source source : sources) {
      if (source.schemes().contains(uri.getScheme())) {
        return source.open(uri, FetchRequest.all("Stretcher"));
      }
    }
    throw new IOException("there is no source for %s here".formatted(uri.getScheme()));
  }

  private static boolean isGzip(byte[] bytes) {
    return bytes.length > 1 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b;
  }

  private static void close(List<Source> sources) {
    for (Source source : sources) {
      try {
        source.close();
      } catch (IOException e) {
        // Nothing was changed by it.
      }
    }
  }
}
