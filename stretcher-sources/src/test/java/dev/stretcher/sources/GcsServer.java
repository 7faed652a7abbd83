package dev.stretcher.sources;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A double of the JSON API's objects: {@code get} with and without {@code alt=media}, {@code list},
 * {@code delete}, and {@code insert} by {@link GcsUploads}, made from its <a
 * href="https://cloud.google.com/storage/docs/json_api/v1/objects">reference</a>.
 */
final class GcsServer extends Dispatcher implements Closeable {
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]*)-([0-9]*)");

  private record Generation(long number, ByteString content) {}

  private final MockWebServer server = new MockWebServer();
  private final Map<String, List<Generation>> objects = new ConcurrentHashMap<>();
  private final AtomicLong generations = new AtomicLong(1_700_000_000_000_000L);
  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  private volatile Optional<String> token = Optional.empty();

  private final Map<String, String> metadatas = new ConcurrentHashMap<>();
  private final GcsUploads uploads = new GcsUploads();
  private volatile Runnable beforeUpload = () -> {};
  private volatile Function<RecordedRequest, Optional<MockResponse>> fault =
      request -> Optional.empty();

  GcsServer() throws IOException {
    server.setDispatcher(this);
    server.start();
  }

  /** Wants a token from now on. */
  void require(String value) {
    token = Optional.of(value);
  }

  GcsUploads uploads() {
    return uploads;
  }

  /** Lets something happen before each upload begins. */
  void beforeUploads(Runnable happening) {
    beforeUpload = happening;
  }

  /** Lets so many requests of a kind be answered otherwise. */
  void answer(int times, Predicate<RecordedRequest> which, MockResponse response) {
    AtomicInteger left = new AtomicInteger(times);
    fault =
        request ->
            which.test(request) && left.getAndDecrement() > 0
                ? Optional.of(response)
                : Optional.empty();
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
    Optional<MockResponse> otherwise = fault.apply(request);
    if (otherwise.isPresent()) {
      return otherwise.get();
    }
    String authorization = request.getHeaders().get("Authorization");
    // The URL of an upload is as good as a token.
    boolean isAllowed = request.getUrl().queryParameter("upload_id") != null;
    if (!isAllowed && token.isPresent() && !("Bearer " + token.get()).equals(authorization)) {
      return error(
          401,
          authorization == null
              ? "Anonymous caller does not have storage.objects.get access"
              : "Invalid Credentials");
    }
    List<String> path = request.getUrl().pathSegments();
    boolean media = "media".equals(request.getUrl().queryParameter("alt"));
    if (path.size() == 6 && path.subList(0, 4).equals(List.of("upload", "storage", "v1", "b"))) {
      return upload(request, path.get(4));
    }
    if (path.size() < 5 || !path.subList(0, 3).equals(List.of("storage", "v1", "b"))) {
      return error(400, "Not a request that this double knows: " + path);
    }
    if (path.size() == 5) {
      return list(path.get(3), String.valueOf(request.getUrl().queryParameter("prefix")));
    }
    String key = path.get(3) + "/o/" + path.get(5);
    List<Generation> all = objects.get(key);
    if (all == null) {
      return error(404, "No such object: " + path.get(3));
    }
    if (request.getMethod().equals("DELETE")) {
      objects.remove(key);
      return new MockResponse.Builder().code(204).build();
    }
    return media ? of(all, request) : new MockResponse.Builder().body(json(key)).build();
  }

  private MockResponse upload(RecordedRequest request, String bucket) {
    if (!request.getMethod().equals("POST")) {
      return uploads.goOn(request, this::storeNew, GcsServer::error);
    }
    beforeUpload.run();
    return "0".equals(request.getUrl().queryParameter("ifGenerationMatch"))
            && objects.containsKey(bucket + "/o/" + request.getUrl().queryParameter("name"))
        ? error(412, "At least one of the pre-conditions you specified did not hold.")
        : uploads.begin(request, bucket, GcsServer::error);
  }

  private boolean storeNew(String bucket, String object, byte[] content, String metadata) {
    Generation first = new Generation(generations.incrementAndGet(), ByteString.of(content));
    boolean isNew =
        objects.putIfAbsent(bucket + "/o/" + object, new CopyOnWriteArrayList<>(List.of(first)))
            == null;
    if (isNew) {
      metadatas.put(bucket + "/o/" + object, metadata);
    }
    return isNew;
  }

  private MockResponse list(String bucket, String prefix) {
    String items =
        objects.keySet().stream()
            .filter(key -> key.startsWith(bucket + "/o/" + prefix))
            .map(this::json)
            .collect(Collectors.joining(","));
    return new MockResponse.Builder().body("{\"items\":[" + items + "]}").build();
  }

  /** Returns what is known about an object, with the metadata that its uploader gave. */
  private String json(String key) {
    List<Generation> all = objects.get(key);
    String name = key.substring(key.indexOf("/o/") + "/o/".length());
    String own = metadatas.getOrDefault(key, "{}");
    return "{\"name\":\"%s\",\"size\":\"%s\",\"updated\":\"2026-01-02T03:04:05.678Z\"%s"
        .formatted(
            name,
            all.get(all.size() - 1).content().size(),
            own.equals("{}") ? "}" : "," + own.substring(1));
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

  static MockResponse error(int code, String message) {
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
