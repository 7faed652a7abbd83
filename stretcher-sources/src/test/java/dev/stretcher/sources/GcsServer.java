package dev.stretcher.sources;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A double of the JSON API's {@code objects.get} with {@code alt=media}, made from its <a
 * href="https://cloud.google.com/storage/docs/json_api/v1/objects/get">reference</a>.
 */
final class GcsServer extends Dispatcher implements Closeable {
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]*)-([0-9]*)");

  private record Generation(long number, ByteString content) {}

  private final MockWebServer server = new MockWebServer();
  private final Map<String, List<Generation>> objects = new ConcurrentHashMap<>();
  private final AtomicLong generations = new AtomicLong(1_700_000_000_000_000L);
  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  private volatile Optional<String> token = Optional.empty();

  GcsServer() throws IOException {
    server.setDispatcher(this);
    server.start();
  }

  /** Wants a token from now on. */
  void require(String value) {
    token = Optional.of(value);
  }

  HttpUrl endpoint() {
    return server.url("/");
  }

  String host() {
    return server.getHostName() + ":" + server.getPort();
  }

  List<RecordedRequest> requests() {
    return requests;
  }

  /** Stores an object, or a new generation of it, and returns the generation's number. */
  long put(String bucket, String object, byte[] content) {
    long number = generations.incrementAndGet();
    objects
        .computeIfAbsent(bucket + "/o/" + object, name -> new CopyOnWriteArrayList<>())
        .add(new Generation(number, ByteString.of(content)));
    return number;
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) {
    requests.add(request);
    String authorization = request.getHeaders().get("Authorization");
    if (token.isPresent() && !("Bearer " + token.get()).equals(authorization)) {
      return error(
          401,
          authorization == null
              ? "Anonymous caller does not have storage.objects.get access"
              : "Invalid Credentials");
    }
    List<String> path = request.getUrl().pathSegments();
    boolean media =
        path.size() == 6
            && path.subList(0, 3).equals(List.of("storage", "v1", "b"))
            && "media".equals(request.getUrl().queryParameter("alt"));
    if (!media) {
      return error(400, "Not a download: " + path);
    }
    List<Generation> all = objects.get(path.get(3) + "/o/" + path.get(5));
    return all == null ? error(404, "No such object: " + path.get(3)) : of(all, request);
  }

  private static MockResponse of(List<Generation> all, RecordedRequest request) {
    String wanted = request.getUrl().queryParameter("generation");
    Optional<Generation> found =
        wanted == null
            ? Optional.of(all.get(all.size() - 1))
            : all.stream().filter(g -> wanted.equals(Long.toString(g.number()))).findFirst();
    if (found.isEmpty()) {
      return error(404, "No such object");
    }
    String match = request.getUrl().queryParameter("ifGenerationMatch");
    if (match != null && !match.equals(Long.toString(found.get().number()))) {
      return error(412, "At least one of the pre-conditions you specified did not hold.");
    }
    MockResponse.Builder answer =
        new MockResponse.Builder()
            .addHeader("x-goog-generation", found.get().number())
            .addHeader("ETag", "\"CJ" + found.get().number() + "\"");
    @Nullable String range = request.getHeaders().get("Range");
    return range == null
        ? answer.body(new Buffer().write(found.get().content())).build()
        : part(answer, found.get().content(), range);
  }

  private static MockResponse part(MockResponse.Builder answer, ByteString content, String range) {
    Matcher matcher = RANGE.matcher(range);
    if (!matcher.matches()) {
      return error(400, "range");
    }
    boolean suffix = matcher.group(1).isEmpty();
    int first =
        suffix
            ? Math.max(0, content.size() - Integer.parseInt(matcher.group(2)))
            : Integer.parseInt(matcher.group(1));
    if (first >= content.size()) {
      return error(416, "Requested range not satisfiable");
    }
    String last = suffix ? "" : matcher.group(2);
    int end =
        last.isEmpty() ? content.size() : Math.min(content.size(), Integer.parseInt(last) + 1);
    return answer
        .code(206)
        .setHeader("Content-Range", "bytes %d-%d/%d".formatted(first, end - 1, content.size()))
        .body(new Buffer().write(content.substring(first, end)))
        .build();
  }

  private static MockResponse error(int code, String message) {
    return new MockResponse.Builder()
        .code(code)
        .addHeader("Content-Type", "application/json; charset=UTF-8")
        .body("{\"error\":{\"code\":%d,\"message\":\"%s\"}}".formatted(code, message))
        .build();
  }

  @Override
  public void close() {
    server.close();
  }
}
