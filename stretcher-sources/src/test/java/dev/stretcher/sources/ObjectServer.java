package dev.stretcher.sources;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** A web server with objects, strong ETags, ranges and If-Range. */
final class ObjectServer extends Dispatcher implements Closeable {
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]*)-([0-9]*)");

  private record StoredObject(ByteString content, String etag) {}

  private final MockWebServer server = new MockWebServer();
  private final Map<String, StoredObject> objects = new ConcurrentHashMap<>();
  private final AtomicInteger versions = new AtomicInteger();

  ObjectServer() throws IOException {
    server.setDispatcher(this);
    server.start();
  }

  URI put(String name, byte[] content) {
    String etag = "\"v" + versions.incrementAndGet() + "\"";
    objects.put(name, new StoredObject(ByteString.of(content), etag));
    return uri(name);
  }

  URI uri(String name) {
    try {
      return new URI("http", null, server.getHostName(), server.getPort(), "/" + name, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    StoredObject object = objects.get(String.join("/", request.getUrl().pathSegments()));
    if (object == null) {
      return new MockResponse.Builder().code(404).body("not here").build();
    }
    String range = request.getHeaders().get("Range");
    return answer(object, range, request);
  }

  /** Answers as a server does that does not know ranges. */
  MockResponse whole(RecordedRequest request) {
    StoredObject object = objects.get(String.join("/", request.getUrl().pathSegments()));
    return answer(object, null, request);
  }

  private static MockResponse answer(
      StoredObject object, @Nullable String range, RecordedRequest request) {
    MockResponse.Builder answer = new MockResponse.Builder().addHeader("ETag", object.etag());
    String condition = request.getHeaders().get("If-Range");
    boolean whole = range == null || (condition != null && !condition.equals(object.etag()));
    return whole
        ? answer.body(new Buffer().write(object.content())).build()
        : part(answer, object.content(), range);
  }

  private static MockResponse part(MockResponse.Builder answer, ByteString content, String range) {
    Matcher matcher = RANGE.matcher(range);
    if (!matcher.matches()) {
      return answer.code(400).build();
    }
    int size = content.size();
    boolean suffix = matcher.group(1).isEmpty();
    int first =
        suffix
            ? Math.max(0, size - Integer.parseInt(matcher.group(2)))
            : Integer.parseInt(matcher.group(1));
    if (first >= size) {
      return answer.code(416).setHeader("Content-Range", "bytes */" + size).build();
    }
    String last = suffix ? "" : matcher.group(2);
    int end = last.isEmpty() ? size : Math.min(size, Integer.parseInt(last) + 1);
    return answer
        .code(206)
        .setHeader("Content-Range", "bytes %d-%d/%d".formatted(first, end - 1, size))
        .body(new Buffer().write(content.substring(first, end)))
        .build();
  }

  @Override
  public void close() {
    server.close();
  }
}
