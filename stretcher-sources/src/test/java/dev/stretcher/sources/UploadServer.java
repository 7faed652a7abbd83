package dev.stretcher.sources;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.ByteString;

/** A web server that takes uploads, heeds {@code If-None-Match: *}, and has faults on demand. */
final class UploadServer extends Dispatcher implements Closeable {
  private final MockWebServer server = new MockWebServer();
  private final Map<String, ByteString> objects = new ConcurrentHashMap<>();
  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  private volatile boolean cut;
  private volatile int most = Integer.MAX_VALUE;
  private volatile Function<RecordedRequest, Optional<MockResponse>> fault =
      request -> Optional.empty();

  UploadServer() throws IOException {
    server.setDispatcher(this);
    server.start();
  }

  /** Lets some requests of a method be answered otherwise. */
  void answer(String method, MockResponse response) {
    fault =
        request -> request.getMethod().equals(method) ? Optional.of(response) : Optional.empty();
  }

  /** Keeps only so many bytes of what it is sent. */
  void keep(int bytes) {
    most = bytes;
  }

  /** Closes the connection in the middle of each upload. */
  void cutUploads() {
    cut = true;
  }

  /** Answers as it should again. */
  void recover() {
    cut = false;
    fault = request -> Optional.empty();
  }

  /** Lets somebody else write. */
  void put(String path, String content) {
    objects.put(path, ByteString.encodeUtf8(content));
  }

  Map<String, ByteString> objects() {
    return objects;
  }

  List<RecordedRequest> requests() {
    return requests;
  }

  URI uri(String path) {
    return server.url(path).uri();
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    requests.add(request);
    return fault.apply(request).orElseGet(() -> answer(request));
  }

  /** Tells what to do before a request is read to its end. */
  @Override
  public MockResponse peek() {
    MockResponse.Builder response = new MockResponse.Builder();
    if (cut) {
      response.onRequestBody(new SocketEffect.CloseSocket());
    }
    return response.build();
  }

  private MockResponse answer(RecordedRequest request) {
    String path = request.getUrl().encodedPath();
    return switch (request.getMethod()) {
      case "PUT" -> put(path, request);
      case "DELETE" -> status(objects.remove(path) == null ? 404 : 204);
      case "HEAD" -> head(path);
      default -> get(path);
    };
  }

  private MockResponse put(String path, RecordedRequest request) {
    boolean once = "*".equals(request.getHeaders().get("If-None-Match"));
    ByteString sent = request.getBody() == null ? ByteString.EMPTY : request.getBody();
    ByteString body = sent.substring(0, Math.min(sent.size(), most));
    if (once) {
      return status(objects.putIfAbsent(path, body) == null ? 201 : 412);
    }
    objects.put(path, body);
    return status(201);
  }

  private MockResponse head(String path) {
    ByteString content = objects.get(path);
    return content == null
        ? status(404)
        : new MockResponse.Builder().setHeader("Content-Length", content.size()).build();
  }

  private MockResponse get(String path) {
    ByteString content = objects.get(path);
    return content == null
        ? status(404)
        : new MockResponse.Builder().body(new Buffer().write(content)).build();
  }

  static MockResponse status(int code) {
    return new MockResponse.Builder().code(code).build();
  }

  @Override
  public void close() {
    server.close();
  }
}
