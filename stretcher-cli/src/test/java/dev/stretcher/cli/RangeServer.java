package dev.stretcher.cli;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;

/** A web server with one archive, of which it serves ranges; it counts what it serves. */
final class RangeServer extends Dispatcher implements Closeable {
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]*)-([0-9]*)");

  private final MockWebServer server = new MockWebServer();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicLong bytes = new AtomicLong();
  private volatile byte[] object;
  private volatile String etag = "\"1\"";
  private volatile Function<Asked, Optional<MockResponse>> instead = asked -> Optional.empty();

  RangeServer(byte[] object) throws IOException {
    this.object = object;
    server.setDispatcher(this);
    server.start();
  }

  /**
   * A request.
   *
   * @param number its number, from 1
   * @param range its Range header, empty if it has none
   */
  record Asked(int number, String range) {
    boolean isEnd() {
      return range.startsWith("bytes=-");
    }

    boolean isMiddle() {
      return !range.isEmpty() && !isEnd();
    }
  }

  URI uri() {
    return server.url("/app.tar.gz").uri();
  }

  /** Answers some requests in another way. */
  void answer(Function<Asked, Optional<MockResponse>> other) {
    instead = other;
  }

  void put(byte[] other) {
    object = other;
    etag = "\"" + other.length + "-" + requests.size() + "\"";
  }

  /** Returns the ranges that were asked for; empty ones are of the whole archive. */
  List<String> requests() {
    return requests;
  }

  long bytes() {
    return bytes.get();
  }

  /** Returns how often the whole archive was answered. */
  long wholes() {
    return wholes.get();
  }

  private final AtomicLong wholes = new AtomicLong();

  void forget() {
    requests.clear();
    bytes.set(0);
    wholes.set(0);
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    String range = Optional.ofNullable(request.getHeaders().get("Range")).orElse("");
    requests.add(range);
    Optional<MockResponse> other = instead.apply(new Asked(requests.size(), range));
    return other.orElseGet(() -> answer(range, request.getHeaders().get("If-Range")));
  }

  private MockResponse answer(String range, String condition) {
    Matcher matcher = RANGE.matcher(range);
    return matcher.matches() && (condition == null || condition.equals(etag))
        ? part(matcher)
        : whole();
  }

  MockResponse whole() {
    wholes.incrementAndGet();
    bytes.addAndGet(object.length);
    return builder().body(new Buffer().write(object)).build();
  }

  private MockResponse part(Matcher range) {
    boolean end = range.group(1).isEmpty();
    int second = range.group(2).isEmpty() ? object.length - 1 : Integer.parseInt(range.group(2));
    int first = end ? Math.max(0, object.length - second) : Integer.parseInt(range.group(1));
    int last = end ? object.length - 1 : Math.min(second, object.length - 1);
    return part(first, last);
  }

  MockResponse part(int first, int last) {
    bytes.addAndGet(last - first + 1L);
    return builder()
        .code(206)
        .setHeader("Content-Range", "bytes %d-%d/%d".formatted(first, last, object.length))
        .body(new Buffer().write(object, first, last - first + 1))
        .build();
  }

  MockResponse.Builder builder() {
    return new MockResponse.Builder().setHeader("ETag", etag);
  }

  @Override
  public void close() {
    server.close();
  }
}
