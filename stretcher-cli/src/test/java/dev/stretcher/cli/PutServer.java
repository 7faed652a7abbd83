package dev.stretcher.cli;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import okio.ByteString;

/** A web server that keeps what is put there. */
final class PutServer extends Dispatcher implements Closeable {
  private final MockWebServer server = new MockWebServer();
  private final Map<String, ByteString> objects = new ConcurrentHashMap<>();
  private final AtomicReference<Runnable> before = new AtomicReference<>(() -> {});

  PutServer() throws IOException {
    server.setDispatcher(this);
    server.start();
  }

  URI uri(String path) {
    return server.url(path).uri();
  }

  /** Lets something happen once, before the next object is there. */
  void beforePut(Runnable happening) {
    before.set(happening);
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    String path = request.getUrl().encodedPath();
    if (request.getMethod().equals("PUT")) {
      before.getAndSet(() -> {}).run();
      objects.put(path, request.getBody());
      return new MockResponse.Builder().code(201).build();
    }
    ByteString object = objects.get(path);
    if (object == null) {
      return new MockResponse.Builder().code(404).build();
    }
    return request.getMethod().equals("HEAD")
        ? new MockResponse.Builder().setHeader("Content-Length", object.size()).build()
        : new MockResponse.Builder().body(new Buffer().write(object)).build();
  }

  @Override
  public void close() {
    server.close();
  }
}
