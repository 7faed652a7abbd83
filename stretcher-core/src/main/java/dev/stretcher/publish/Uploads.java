package dev.stretcher.publish;

import dev.stretcher.internal.transfer.RateLimit;
import dev.stretcher.internal.transfer.SpeedFloor;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.process.Background;
import dev.stretcher.text.GoDuration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Writes objects and reads them back, and tries again what failed for now. Thread-safe.
 *
 * <p>An object that is there with the same content counts as written: whoever was killed runs
 * again.
 */
public final class Uploads {
  /** Up to how many bytes all are read back, if the store tells no digest. */
  private static final long SMALL = 1 << 20;

  /** How long is waited for an upload that is given up. */
  private static final Duration SHUTDOWN = Duration.ofSeconds(10);

  private final ObjectStore store;
  private final UploadListener listener;
  private final UploadLimits limits;
  private final LongSupplier nanoTime;
  private final RateLimit.Sleeper sleeper;
  private final RateLimit rate;

  /**
   * Creates them.
   *
   * @param options {@link Settings#RETRY}, {@link Settings#RETRY_WAIT}, {@link
   *     Settings#MAX_BAND_WIDTH}, {@link Settings#LOW_SPEED} and {@link Settings#TIMEOUT} count;
   *     the limit of the rate is that of all together
   */
  public Uploads(ObjectStore store, Options options, UploadListener listener) {
    this(store, UploadLimits.of(options), listener, System::nanoTime, RateLimit.SLEEPER);
  }

  /**
   * Creates them by a clock.
   *
   * @param sleeper lets that clock's time pass
   */
  Uploads(
      ObjectStore store,
      UploadLimits limits,
      UploadListener listener,
      LongSupplier nanoTime,
      RateLimit.Sleeper sleeper) {
    this.store = store;
    this.limits = limits;
    this.listener = listener;
    this.nanoTime = nanoTime;
    this.sleeper = sleeper;
    this.rate = new RateLimit(limits.bytesPerSecond(), nanoTime, sleeper);
  }

  /**
   * Writes an object, and reads back what the store knows of it: its length, and its digest where
   * that is known or the object is small.
   *
   * @return whether this call wrote it; false if it was there already, with the same content
   * @throws ObjectExistsException if it is there with other content
   * @throws ReadBackException if what is read back is not what was written
   * @throws java.nio.file.AccessDeniedException if the store refuses it
   * @throws IOException if all attempts failed; the object may be there
   * @throws InterruptedException if the thread was interrupted
   */
  public boolean write(ObjectName name, ObjectContent content)
      throws IOException, InterruptedException {
    Optional<Duration> limit = limits.time();
    return limit.isEmpty() ? written(name, content) : writtenIn(limit.get(), name, content);
  }

  private boolean writtenIn(Duration limit, ObjectName name, ObjectContent content)
      throws IOException, InterruptedException {
    Background<Boolean, IOException> upload =
        Background.start("stretcher-upload", Background.ofPlugin(() -> written(name, content)));
    try {
      return upload.await(limit.toNanos());
    } catch (TimeoutException e) {
      throw new IOException(
          "%s: timeout %s reached while it was uploaded; check the server, or raise %s"
              .formatted(store.url(name), GoDuration.format(limit), Settings.TIMEOUT.mention()),
          e);
    } finally {
      if (upload.isRunning()) {
        upload.end(SHUTDOWN);
      }
    }
  }

  private boolean written(ObjectName name, ObjectContent content)
      throws IOException, InterruptedException {
    try {
      retrying(name, () -> created(name, content));
    } catch (ObjectExistsException e) {
      requireSame(name, content, e);
      return false;
    }
    readBack(name, content);
    return true;
  }

  private Optional<StoredObject> created(ObjectName name, ObjectContent content)
      throws IOException, InterruptedException {
    Meter meter = new Meter(name, content.length(), listener);
    SpeedFloor floor =
        SpeedFloor.ofSending(store.url(name), limits.lowSpeed(), limits.bytesPerSecond(), nanoTime);
    store.create(name, content.by((in, first) -> new SentInput(in, first, meter, rate, floor)));
    return Optional.empty();
  }

  private void requireSame(ObjectName name, ObjectContent content, ObjectExistsException e)
      throws IOException, InterruptedException {
    StoredObject there =
        retrying(name, () -> store.find(name))
            .orElseThrow(
                () ->
                    new IOException(
                        "%s was there, and is not any more; see who else publishes there, and try again"
                            .formatted(store.url(name))));
    if (there.length() == content.length()
        && digest(name, there).equals(content.sha256().toString())) {
      return;
    }
    throw new ObjectExistsException(
        "%s exists already with other content: %s bytes, where %s bytes with %s were to be written; choose another name"
            .formatted(store.url(name), there.length(), content.length(), content.sha256()),
        e.there().or(() -> Optional.of(there)));
  }

  private void readBack(ObjectName name, ObjectContent content)
      throws IOException, InterruptedException {
    StoredObject there =
        retrying(name, () -> store.find(name))
            .orElseThrow(
                () ->
                    new ReadBackException(
                        "%s was written, and is not there; check what the server does with uploads, and who removes objects"
                            .formatted(store.url(name))));
    if (there.length() != content.length()) {
      throw new ReadBackException(
          "%s has %s bytes after it was written, where %s were expected; check what the server or a proxy does with uploads, remove the object and try again"
              .formatted(store.url(name), there.length(), content.length()));
    }
    boolean known = there.sha256().isPresent() || content.length() <= SMALL;
    if (known && !digest(name, there).equals(content.sha256().toString())) {
      throw new ReadBackException(
          "%s has other content after it was written, where %s was expected; check whether the file changed meanwhile and what the server does with uploads, remove the object and try again"
              .formatted(store.url(name), content.sha256()));
    }
  }

  private String digest(ObjectName name, StoredObject there)
      throws IOException, InterruptedException {
    return there.sha256().isPresent()
        ? there.sha256().get().toString()
        : retrying(name, () -> read(name)).sha256().toString();
  }

  private ContentDigest read(ObjectName name) throws IOException, InterruptedException {
    try (InputStream in = store.open(name)) {
      return ContentDigest.of(in);
    }
  }

  @FunctionalInterface
  private interface Step<T> {
    T run() throws IOException, InterruptedException;
  }

  private <T> T retrying(ObjectName name, Step<T> step) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return step.run();
      } catch (IOException e) {
        if (isFinal(e) || attempt > limits.retry().retries()) {
          throw e;
        }
        Duration wait = limits.retry().after(e, attempt);
        listener.onRetry(name, e, wait);
        sleeper.sleep(wait);
      }
    }
  }

  /** A full disk, a missing directory: it will not be another one in a second. */
  private static boolean isFinal(IOException e) {
    return e instanceof ObjectExistsException || e instanceof FileSystemException;
  }
}
