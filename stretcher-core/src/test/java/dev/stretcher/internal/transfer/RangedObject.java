package dev.stretcher.internal.transfer;

import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** One object in memory, of which ranges are served; something may happen to each body. */
final class RangedObject implements Source {
  private final List<ByteRange> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();
  private volatile State state;
  private volatile boolean ranges = true;
  private volatile boolean validators = true;
  private volatile boolean length = true;
  private volatile boolean deaf;
  private volatile int always;
  private volatile Fate fate = (range, body) -> body;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record State(byte[] bytes, String version) {}

  /** What happens to the body of a range. */
  @FunctionalInterface
  interface Fate {
    InputStream of(ByteRange range, InputStream body) throws IOException, InterruptedException;
  }

  RangedObject(int size) {
    this.state = new State(random(size, 1), "1");
  }

  private static byte[] random(int size, long seed) {
    byte[] bytes = new byte[size];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  RangedObject withoutRanges() {
    ranges = false;
    return this;
  }

  RangedObject withoutValidators() {
    validators = false;
    return this;
  }

  void serveRanges(boolean served) {
    ranges = served;
  }

  /** Answers ranges of the present version, whichever was asked for. */
  RangedObject deafToVersions() {
    deaf = true;
    return this;
  }

  /** Answers everything by what begins at that byte. */
  RangedObject alwaysFrom(int first) {
    always = first;
    return this;
  }

  RangedObject withoutLength() {
    length = false;
    return this;
  }

  RangedObject with(Fate of) {
    fate = of;
    return this;
  }

  /** Puts another object in its place. */
  void replace() {
    replace(bytes().length);
  }

  void replace(int size) {
    state = new State(random(size, 2), "other");
  }

  byte[] bytes() {
    return state.bytes();
  }

  List<ByteRange> asked() {
    return asked;
  }

  /** Returns how many bodies were open at the same time. */
  int mostOpen() {
    return mostOpen.get();
  }

  int open() {
    return open.get();
  }

  @Override
  public Set<String> schemes() {
    return Set.of("test");
  }

  @Override
  public Content open(URI uri, FetchRequest request) throws IOException, InterruptedException {
    asked.add(request.range());
    State now = state;
    byte[] bytes = now.bytes();
    boolean other =
        !deaf
            && request.validator().isPresent()
            && !request.validator().get().equals(now.version());
    ByteRange served = ranges && !other ? within(request.range(), bytes.length) : ByteRange.ALL;
    ByteRange range = always > 0 ? ByteRange.from(always) : served;
    int first = (int) range.first();
    int end = (int) range.last().orElse(bytes.length - 1L) + 1;
    InputStream body = fate.of(range, new ByteArrayInputStream(bytes, first, end - first));
    mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
    return new Content(
        new Counted(body),
        range,
        length ? OptionalLong.of(bytes.length) : OptionalLong.empty(),
        validators ? Optional.of(now.version()) : Optional.empty(),
        Optional.empty());
  }

  @Override
  public Optional<Content> openEnd(URI uri, long bytes, String userAgent)
      throws IOException, InterruptedException {
    ByteRange end = ByteRange.from(Math.max(0, bytes().length - bytes));
    return Optional.of(open(uri, new FetchRequest(end, Optional.empty(), userAgent)));
  }

  private static ByteRange within(ByteRange range, int length) {
    long last = Math.min(range.last().orElse(Long.MAX_VALUE), length - 1L);
    return range.last().isEmpty() ? range : new ByteRange(range.first(), OptionalLong.of(last));
  }

  private final class Counted extends InputStream {
    private final InputStream body;
    private boolean closed;

    Counted(InputStream body) {
      this.body = body;
    }

    @Override
    public int read() throws IOException {
      return body.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return body.read(target, offset, length);
    }

    @Override
    public void close() throws IOException {
      synchronized (this) {
        if (!closed) {
          closed = true;
          open.decrementAndGet();
        }
      }
      body.close();
    }
  }
}
