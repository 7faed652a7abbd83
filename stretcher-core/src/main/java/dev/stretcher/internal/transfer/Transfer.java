package dev.stretcher.internal.transfer;

import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Brings an object, its end, or ranges of it from a source to a sink, with retries. An interrupted
 * transfer goes on where it stopped if the source can prove that the object is still the same, and
 * from the start otherwise.
 *
 * <p>One thread fetches, and {@link #abort} and {@link #endStall} end that from another one. The
 * limits of the rate and of the connections are those of all that one transfer fetches.
 */
public final class Transfer {
  private final LongSupplier nanoTime;
  private final RetryPolicy retry;
  private final TransferListener listener;
  private final SpeedFloor floor;
  private final RemoteObject object;
  private final Connections connections;
  private final OpenContent open = new OpenContent();
  private final ServerWait wait;
  private boolean told;

  /** Creates a transfer of which nothing is fetched yet. */
  public Transfer(Source source, URI uri, TransferSettings settings, TransferListener listener) {
    this(source, uri, settings, listener, System::nanoTime);
  }

  Transfer(
      Source source,
      URI uri,
      TransferSettings settings,
      TransferListener listener,
      LongSupplier nanoTime) {
    StallWatch watch = new StallWatch(settings.stall(), nanoTime);
    RateLimit rate = new RateLimit(settings.bytesPerSecond());
    this.floor = SpeedFloor.of(uri, settings, nanoTime);
    this.object = new RemoteObject(source, uri, settings.userAgent(), rate, watch, floor);
    this.nanoTime = nanoTime;
    this.retry = settings.retry();
    this.listener = listener;
    this.connections = new Connections(settings.connections(), listener);
    this.wait = new ServerWait(watch, open);
  }

  /**
   * The transferred object.
   *
   * @param bytes the length of the object
   * @param file the object itself, if it can be read in place
   */
  public record Result(long bytes, Optional<Path> file) {}

  /** What was answered is of another version of the object than what has arrived before. */
  public static final class OtherVersionException extends IOException {
    private static final long serialVersionUID = 1L;

    OtherVersionException() {
      super("the object was replaced while it was fetched");
    }
  }

  /** What was answered to a question for the end of an object. */
  public sealed interface End {
    /**
     * The end.
     *
     * @param first the offset of its first byte
     * @param version names the version of the object, if the source can do that
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Bytes(long first, byte[] bytes, Optional<String> version) implements End {}

    /** The whole object, which {@link #rest} reads. */
    record Whole(Content content) implements End {}

    /** The source has no way to ask for the end. */
    record Unknown() implements End {}
  }

  /**
   * Fetches the whole object.
   *
   * @throws SinkException if the sink could not take it
   * @throws IOException if the object could not be fetched
   * @throws InterruptedException if the thread was interrupted
   */
  public Result all(FetchSink sink) throws IOException, InterruptedException {
    return run(new Stretches(object, connections), sink);
  }

  /**
   * Fetches the whole object, of which the first bytes were answered already.
   *
   * @param begun what was answered; this transfer closes it
   */
  public Result rest(Content begun, FetchSink sink) throws IOException, InterruptedException {
    return run(new Stretches(object, connections, begun), sink);
  }

  /** Fetches the last {@code bytes} of the object, fewer if it is shorter. */
  public End end(int bytes) throws IOException, InterruptedException {
    EndOfObject end = new EndOfObject(object, bytes);
    run(end, end);
    return end.answer();
  }

  /**
   * Fetches ranges, one request each, into a sink that gets them one behind the other.
   *
   * @param ranges in their order, and not the whole object
   * @param length the length of the object
   * @param version the version that they must be of, if it is known
   * @return the whole object, if that was answered instead: {@link #rest} reads it, and what the
   *     sink has got is void
   * @throws SinkException if the sink could not take them
   * @throws UnusableRangeException if something else was answered
   * @throws OtherVersionException if the object was replaced, and the source did not heed that
   * @throws IOException if they could not be fetched
   */
  public Optional<Content> ranges(
      List<ByteRange> ranges, long length, Optional<String> version, FetchSink sink)
      throws IOException, InterruptedException {
    try {
      run(new RangeStretches(object, connections, ranges, length, version), sink);
      return Optional.empty();
    } catch (UnusableRangeException e) {
      return Optional.of(e.whole().orElseThrow(() -> e));
    }
  }

  private Result run(Pass.Way way, FetchSink sink) throws IOException, InterruptedException {
    return new Pass(this, way, new SinkWriter(sink, wait, connections::tell, nanoTime)).run();
  }

  RetryPolicy retry() {
    return retry;
  }

  TransferListener listener() {
    return listener;
  }

  /** Tells the listener that something is opened, unless it is only another part of an object. */
  void tellOpening(boolean again) {
    if (again || !told) {
      told = true;
      listener.opening();
    }
  }

  SpeedFloor floor() {
    return floor;
  }

  /** Opens something, and holds it until {@link #release}. */
  Content opened(Pass.Next next) throws IOException, InterruptedException {
    try {
      return wait.on(() -> open.hold(next.open()));
    } catch (IOException e) {
      // It may have been opened just when that took too long.
      open.close();
      throw e;
    }
  }

  void release() {
    open.release();
  }

  boolean isAborted() {
    return open.isAborted();
  }

  /** Ends a fetch soon, also while it is blocked in a read. Idempotent, from any thread. */
  public void abort() throws IOException {
    open.abort();
  }

  /** Returns how often {@link #endStall} is worth a call; empty if never. */
  Optional<Duration> stallCheck() {
    return wait.checkEvery();
  }

  /**
   * Ends a wait during which nothing has come for too long, with a failure like others. From any
   * thread.
   */
  void endStall() throws IOException {
    wait.endStall();
  }
}
