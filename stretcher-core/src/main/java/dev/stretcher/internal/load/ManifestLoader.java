package dev.stretcher.internal.load;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.fetch.Fetcher;
import dev.stretcher.internal.transfer.FetchSink;
import dev.stretcher.internal.transfer.SinkException;
import dev.stretcher.manifest.ManifestException;
import dev.stretcher.manifest.ManifestReader;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.BadManifest;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.text.RedactedUri;
import dev.stretcher.yaml.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.codec.digest.DigestUtils;

/** Fetches and reads a manifest. */
public final class ManifestLoader {
  /** A server that never ends must not block all later events. */
  private static final Fetcher.Limits LIMITS =
      new Fetcher.Limits(Optional.of(Duration.ofMinutes(2)), OptionalLong.empty(), 1);

  private final Engine engine;
  private final Reporter reporter;

  public ManifestLoader(Engine engine, Reporter reporter) {
    this.engine = engine;
    this.reporter = reporter;
  }

  public LoadedManifest load(URI uri) throws StretcherException, InterruptedException {
    reporter.report(new DeployEvent.LoadingManifest(uri));
    PinnedManifest pinned = pinned(uri);
    ManifestPolicy policy = new ManifestPolicy(engine, reporter);
    policy.requirePlace(pinned.uri());
    byte[] bytes = fetch(pinned.uri(), engine.options());
    policy.requireAuthentic(pinned, bytes, this::fetchSignature);
    LoadedManifest loaded = read(pinned.uri(), bytes);
    policy.requireContent(loaded.manifest());
    return loaded;
  }

  private static PinnedManifest pinned(URI uri) throws BadManifest {
    try {
      return PinnedManifest.of(uri);
    } catch (IllegalArgumentException e) {
      String text = String.valueOf(e.getMessage());
      throw bad(uri, List.of(new Problem(0, 0, text)), new IOException(text, e));
    }
  }

  private LoadedManifest read(URI uri, byte[] bytes) throws BadManifest {
    try {
      ManifestReader.Result read =
          new ManifestReader(engine.environment(), engine.options()).read(bytes);
      return new LoadedManifest(read.manifest(), read.warnings(), DigestUtils.sha256Hex(bytes));
    } catch (ManifestException e) {
      throw bad(uri, e.problems(), e);
    }
  }

  private byte[] fetchSignature(URI uri) throws StretcherException, InterruptedException {
    return fetch(uri, Options.DEFAULT.with(Settings.MAX_MANIFEST, Minisignature.MAX_BYTES));
  }

  private byte[] fetch(URI uri, Options limits) throws StretcherException, InterruptedException {
    BoundedBuffer buffer = new BoundedBuffer(limits);
    try {
      new Fetcher(engine, reporter).fetch(Stage.MANIFEST, uri, buffer, LIMITS);
    } catch (SinkException e) {
      throw bad(uri, List.of(new Problem(0, 0, Reason.of(e.failure()))), e);
    }
    return buffer.bytes.toByteArray();
  }

  private static BadManifest bad(URI uri, List<Problem> problems, Exception cause) {
    String text = "%s is not a manifest: %s".formatted(RedactedUri.of(uri), Reason.of(cause));
    return new BadManifest(uri, problems, Failure.of(text, cause));
  }

  /** Keeps a manifest in memory as long as it is not too long. */
  private static final class BoundedBuffer implements FetchSink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Options limits;

    BoundedBuffer(Options limits) {
      this.limits = limits;
    }

    @Override
    public void begin(Optional<Path> file, OptionalLong length) {
      bytes.reset();
    }

    @Override
    public void write(ByteBuffer chunk) throws IOException {
      if (bytes.size() + chunk.remaining() > limits.get(Settings.MAX_MANIFEST)) {
        throw new IOException(ManifestReader.tooLong(limits));
      }
      bytes.write(chunk.array(), chunk.arrayOffset() + chunk.position(), chunk.remaining());
    }
  }
}
