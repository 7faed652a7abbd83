package dev.stretcher.sources;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A double of S3 that knows <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">conditional
 * writes</a> and <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html">parts</a>, and has
 * faults on demand. It believes each signature, and sends no {@code 100 Continue}.
 */
final class S3Double extends Dispatcher implements Closeable {
  private final MockWebServer server = new MockWebServer();
  private final Map<String, Stored> objects = new ConcurrentHashMap<>();
  private final Map<String, Upload> uploads = new ConcurrentHashMap<>();
  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final List<Fault> faults = new CopyOnWriteArrayList<>();
  private final AtomicInteger cuts = new AtomicInteger();
  private volatile String cutAfter = "";

  private record Stored(ByteString content, String sha256) {}

  private record Upload(String key, String sha256, Map<Integer, ByteString> parts) {}

  /** What is answered to some requests, so many times, in place of the right answer. */
  private record Fault(Predicate<String> call, AtomicInteger left, boolean does, Answer answer) {}

  /** Answers as it should not. */
  @FunctionalInterface
  interface Answer {
    MockResponse of();
  }

  S3Double() throws IOException {
    server.setDispatcher(this);
    server.start();
  }

  /** Forgets all that was sent, and all faults. */
  void reset() {
    objects.clear();
    uploads.clear();
    requests.clear();
    faults.clear();
    cuts.set(0);
  }

  URI endpoint() {
    return server.url("/").uri();
  }

  /**
   * Lets a call be answered otherwise.
   *
   * @param call how the call begins: {@code HEAD}, {@code PUT}, {@code begin}, {@code part 2},
   *     {@code complete}, {@code abort}
   */
  void answer(int times, String call, Answer answer) {
    faults.add(new Fault(each -> each.startsWith(call), new AtomicInteger(times), false, answer));
  }

  /** Does what it is asked for, and answers otherwise. */
  void loseAnswer(int times, String call, Answer answer) {
    faults.add(new Fault(each -> each.startsWith(call), new AtomicInteger(times), true, answer));
  }

  /** Closes the connection in the middle of the body that follows a call. */
  void cutAfter(String call) {
    cutAfter = call;
    cuts.set(1);
  }

  /** Lets somebody else write, by the way that a request takes. */
  void put(String key, String content) {
    objects.put(key, new Stored(ByteString.encodeUtf8(content), ""));
  }

  /** Changes what was stored. */
  void spoil(String key, ByteString content) {
    objects.computeIfPresent(key, (name, stored) -> new Stored(content, stored.sha256()));
  }

  @Nullable ByteString object(String key) {
    Stored stored = objects.get(key);
    return stored == null ? null : stored.content();
  }

  /** Returns how many uploads are begun, and neither complete nor aborted. */
  int open() {
    return uploads.size();
  }

  List<RecordedRequest> requests() {
    return requests;
  }

  /** Returns the calls that came, such as {@code part 2}. */
  List<String> calls() {
    return requests.stream().map(S3Double::call).toList();
  }

  static MockResponse error(int status, String code) {
    return new MockResponse.Builder()
        .code(status)
        .body("<Error><Code>%s</Code><Message>It says why</Message></Error>".formatted(code))
        .build();
  }

  /** Returns no answer at all. */
  static MockResponse nothing() {
    return new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();
  }

  static String call(RecordedRequest request) {
    HttpUrl url = request.getUrl();
    @Nullable String part = url.queryParameter("partNumber");
    boolean isOfUpload = url.queryParameter("uploadId") != null;
    return switch (request.getMethod()) {
      case "POST" -> isOfUpload ? "complete" : "begin";
      case "PUT" -> part == null ? "PUT" : "part " + part;
      case "DELETE" -> isOfUpload ? "abort" : "DELETE";
      default -> request.getMethod();
    };
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    requests.add(request);
    String call = call(request);
    for (Fault fault : faults) {
      if (fault.call().test(call) && fault.left().getAndDecrement() > 0) {
        if (fault.does()) {
          answer(call, request);
        }
        return fault.answer().of();
      }
    }
    return answer(call, request);
  }

  /** Tells what to do before a request is read to its end. */
  @Override
  public MockResponse peek() {
    MockResponse.Builder response = new MockResponse.Builder();
    boolean follows =
        !requests.isEmpty() && call(requests.get(requests.size() - 1)).equals(cutAfter);
    if (follows && cuts.getAndDecrement() > 0) {
      response.onRequestBody(new SocketEffect.CloseSocket());
    }
    return response.build();
  }

  private MockResponse answer(String call, RecordedRequest request) {
    String key = request.getUrl().encodedPath().substring(1);
    String id = String.valueOf(request.getUrl().queryParameter("uploadId"));
    return switch (call.split(" ")[0]) {
      case "HEAD" -> head(key);
      case "GET" -> get(key);
      case "PUT" -> store(request, key, body(request), header(request, "x-amz-meta-sha256"));
      case "DELETE" -> status(objects.remove(key) == null ? 404 : 204);
      case "begin" -> begin(request, key);
      case "part" -> part(request, id);
      case "complete" -> complete(request, id);
      default -> status(uploads.remove(id) == null ? 404 : 204);
    };
  }

  private MockResponse head(String key) {
    Stored stored = objects.get(key);
    return stored == null
        ? status(404)
        : new MockResponse.Builder()
            .setHeader("Content-Length", stored.content().size())
            .addHeader("ETag", tag(stored.content()))
            .addHeader("x-amz-meta-sha256", stored.sha256())
            .build();
  }

  private MockResponse get(String key) {
    Stored stored = objects.get(key);
    return stored == null
        ? error(404, "NoSuchKey")
        : new MockResponse.Builder().body(new Buffer().write(stored.content())).build();
  }

  private MockResponse store(
      RecordedRequest request, String key, ByteString content, String sha256) {
    Stored stored = new Stored(content, sha256);
    boolean once = header(request, "If-None-Match").equals("*");
    if (once && objects.putIfAbsent(key, stored) != null) {
      return error(412, "PreconditionFailed");
    }
    objects.put(key, stored);
    return new MockResponse.Builder().addHeader("ETag", tag(content)).build();
  }

  private MockResponse begin(RecordedRequest request, String key) {
    String id = "upload-" + numbers.incrementAndGet();
    uploads.put(id, new Upload(key, header(request, "x-amz-meta-sha256"), new TreeMap<>()));
    return xml(
        "<InitiateMultipartUploadResult><UploadId>%s</UploadId></InitiateMultipartUploadResult>"
            .formatted(id));
  }

  private MockResponse part(RecordedRequest request, String id) {
    Upload upload = uploads.get(id);
    if (upload == null) {
      return error(404, "NoSuchUpload");
    }
    ByteString content = body(request);
    int number = Integer.parseInt(String.valueOf(request.getUrl().queryParameter("partNumber")));
    upload.parts().put(number, content);
    return new MockResponse.Builder().addHeader("ETag", tag(content)).build();
  }

  private MockResponse complete(RecordedRequest request, String id) {
    Upload upload = uploads.get(id);
    if (upload == null) {
      return error(404, "NoSuchUpload");
    }
    String listed = body(request).utf8().replace("&quot;", "\"");
    Buffer content = new Buffer();
    int number = 0;
    for (Map.Entry<Integer, ByteString> part : upload.parts().entrySet()) {
      number++;
      if (part.getKey() != number || !names(listed, part)) {
        return error(400, "InvalidPart");
      }
      content.write(part.getValue());
    }
    MockResponse stored = store(request, upload.key(), content.readByteString(), upload.sha256());
    if (stored.getCode() == 200) {
      uploads.remove(id);
      return xml("<CompleteMultipartUploadResult></CompleteMultipartUploadResult>");
    }
    return stored;
  }

  /** Tells whether a list of parts has one with its tag. */
  private static boolean names(String listed, Map.Entry<Integer, ByteString> part) {
    return List.of(listed.split("<Part>")).stream()
        .anyMatch(
            each ->
                each.contains("<PartNumber>%s</PartNumber>".formatted(part.getKey()))
                    && each.contains(tag(part.getValue())));
  }

  private static String header(RecordedRequest request, String name) {
    return Optional.ofNullable(request.getHeaders().get(name)).orElse("");
  }

  private static String tag(ByteString content) {
    return "\"" + content.md5().hex() + "\"";
  }

  private static MockResponse xml(String body) {
    return new MockResponse.Builder().body(body).build();
  }

  private static MockResponse status(int code) {
    return new MockResponse.Builder().code(code).build();
  }

  /**
   * Returns what was sent, of which the SDK signs <a
   * href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html">each piece</a>.
   */
  private static ByteString body(RecordedRequest request) {
    @Nullable ByteString sent = request.getBody();
    if (sent == null || !header(request, "x-amz-content-sha256").startsWith("STREAMING-")) {
      return sent == null ? ByteString.EMPTY : sent;
    }
    Buffer in = new Buffer().write(sent);
    Buffer content = new Buffer();
    try {
      while (true) {
        String line = in.readUtf8LineStrict();
        long length = Long.parseLong(line.replaceFirst(";.*", ""), 16);
        if (length == 0) {
          return content.readByteString();
        }
        content.write(in, length);
        in.skip(2);
      }
    } catch (EOFException e) {
      throw new UncheckedIOException("this is not how pieces are signed", e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
