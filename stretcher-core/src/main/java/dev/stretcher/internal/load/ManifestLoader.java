package dev.stretcher.internal.load;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.fetch.Fetcher;
import dev.stretcher.internal.transfer.FetchSink;
import dev.stretcher.internal.transfer.SinkException;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.manifest.ManifestException;
import dev.stretcher.manifest.ManifestReader;
import dev.stretcher.manifest.ManifestWriter;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.process.Interrupts;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.BadManifest;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.text.Problem;
import dev.stretcher.text.RedactedUri;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.codec.digest.DigestUtils;

/** Fetches and reads a manifest, or takes one that the program has made. */
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

  public LoadedManifest load(GivenManifest given) throws StretcherException, InterruptedException {
    ManifestPolicy policy = new ManifestPolicy(engine, reporter);
    Text text = text(given, policy);
    ManifestReader.Reading reading = read(given, text);
    Interrupts.requireNone();
    // Before anything that may be wrong because of them.
    for (Problem warning : reading.warnings()) {
      reporter.report(new DeployEvent.ManifestWarning(warning));
    }
    Manifest manifest = manifest(text.uri, reading);
    policy.requireContent(reading.values());
    return new LoadedManifest(manifest, DigestUtils.sha256Hex(text.bytes));
  }

  /** The text of a manifest, and where it was, without a pin. */
  private static final class Text {
    private final URI uri;
    private final byte[] bytes;

    Text(URI uri, byte[] bytes) {
      this.uri = uri;
      this.bytes = bytes;
    }
  }

  /**
   * Fetches a manifest and returns what it says, right or wrong.
   *
   * @throws BadManifest if the text does not even have the form of a manifest
   */
  public ManifestReader.Reading examine(GivenManifest given)
      throws StretcherException, InterruptedException {
    return read(given, text(given, new ManifestPolicy(engine, reporter)));
  }

  private Text text(GivenManifest given, ManifestPolicy policy)
      throws StretcherException, InterruptedException {
    if (given instanceof GivenManifest.Made made) {
      policy.requirePlace(given.uri());
      policy.requireNoSignature();
      String text = ManifestWriter.write(made.manifest());
      return new Text(given.uri(), text.getBytes(StandardCharsets.UTF_8));
    }
    PinnedManifest pinned = pinned(given.uri());
    return new Text(pinned.uri(), fetch(pinned, policy));
  }

  private byte[] fetch(PinnedManifest pinned, ManifestPolicy policy)
      throws StretcherException, InterruptedException {
    policy.requirePlace(pinned.uri());
    byte[] bytes = fetch(pinned.uri(), engine.options());
    policy.requireAuthentic(pinned, bytes, this::fetchSignature);
    return bytes;
  }

  private PinnedManifest pinned(URI uri) throws BadManifest {
    reporter.report(new DeployEvent.LoadingManifest(uri));
    try {
      return PinnedManifest.of(uri);
    } catch (IllegalArgumentException e) {
      String text = String.valueOf(e.getMessage());
      throw bad(uri, List.of(new Problem(0, 0, text)), new IOException(text, e));
    }
  }

  private ManifestReader.Reading read(GivenManifest given, Text text) throws BadManifest {
    ManifestReader reader = new ManifestReader(engine.environment(), engine.options());
    try {
      return given instanceof GivenManifest.Made made
          ? MadeManifest.examine(reader, made.manifest(), text.bytes)
          : reader.examine(text.bytes);
    } catch (ManifestException e) {
      throw bad(text.uri, e.problems(), e);
    }
  }

  private static Manifest manifest(URI uri, ManifestReader.Reading reading) throws BadManifest {
    try {
      return reading.manifest();
    } catch (ManifestException e) {
      throw bad(uri, e.problems(), reading.warnings(), e);
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
    byte[] bytes = buffer.bytes.toByteArray();
    try {
      return GzipText.is(bytes) ? GzipText.text(bytes, limits) : bytes;
    } catch (IOException e) {
      throw bad(uri, List.of(new Problem(0, 0, Reason.of(e))), e);
    }
  }

  private static BadManifest bad(URI uri, List<Problem> problems, Exception cause) {
    return bad(uri, problems, List.of(), cause);
  }

  private static BadManifest bad(
      URI uri, List<Problem> problems, List<Problem> warnings, Exception cause) {
    String text = "%s is not a manifest: %s".formatted(RedactedUri.of(uri), Reason.of(cause));
    return new BadManifest(uri, problems, warnings, Failure.of(text, cause));
  }

  /** Keeps a manifest in memory, unless it is too long. */
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
