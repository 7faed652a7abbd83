package dev.stretcher.sources;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A double of the JSON API's <a
 * href="https://cloud.google.com/storage/docs/performing-resumable-uploads">resumable uploads</a>.
 */
final class GcsUploads {
  private static final Pattern RANGE = Pattern.compile("bytes ([0-9]+)-([0-9]+)/([0-9]+)");

  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();

  /** What has come of an upload. */
  private record Session(String bucket, String object, String metadata, Buffer received) {}

  /** Stores an object; tells whether it was not there. */
  @FunctionalInterface
  interface Storage {
    boolean store(String bucket, String object, byte[] content, String metadata);
  }

  /** Lets so many uploads fail after the first half of what was sent. */
  void failHalfWay(int times) {
    failures.set(times);
  }

  int open() {
    return sessions.size();
  }

  /** Begins an upload. */
  MockResponse begin(
      RecordedRequest request, String bucket, BiFunction<Integer, String, MockResponse> error) {
    String object = request.getUrl().queryParameter("name");
    String id = "upload-" + numbers.incrementAndGet();
    if (object == null || !"resumable".equals(request.getUrl().queryParameter("uploadType"))) {
      return error.apply(400, "Not an upload that this double knows");
    }
    sessions.put(id, new Session(bucket, object, body(request).utf8(), new Buffer()));
    return new MockResponse.Builder()
        .addHeader(
            "Location", request.getUrl().newBuilder().addQueryParameter("upload_id", id).build())
        .build();
  }

  /** Goes on with an upload, or tells how far it is. */
  MockResponse goOn(
      RecordedRequest request, Storage storage, BiFunction<Integer, String, MockResponse> error) {
    String id = String.valueOf(request.getUrl().queryParameter("upload_id"));
    Session session = sessions.get(id);
    if (session == null) {
      return error.apply(404, "No such upload");
    }
    if (request.getMethod().equals("DELETE")) {
      sessions.remove(id);
      return new MockResponse.Builder().code(499).build();
    }
    ByteString sent = body(request);
    @Nullable String range = request.getHeaders().get("Content-Range");
    if (range != null && range.startsWith("bytes */")) {
      return incomplete(session);
    }
    Optional<Matcher> part = Optional.ofNullable(range).map(RANGE::matcher);
    long first = part.filter(Matcher::matches).map(of -> Long.parseLong(of.group(1))).orElse(0L);
    if (first != session.received().size()) {
      return error.apply(400, "Not the next byte");
    }
    if (failures.getAndDecrement() > 0) {
      session.received().write(sent.substring(0, sent.size() / 2));
      return error.apply(503, "Service unavailable");
    }
    session.received().write(sent);
    sessions.remove(id);
    boolean isNew =
        storage.store(
            session.bucket(),
            session.object(),
            session.received().readByteArray(),
            session.metadata());
    return isNew
        ? new MockResponse.Builder().body("{}").build()
        : error.apply(412, "At least one of the pre-conditions you specified did not hold.");
  }

  private static MockResponse incomplete(Session session) {
    MockResponse.Builder answer = new MockResponse.Builder().code(308);
    if (session.received().size() > 0) {
      answer.addHeader("Range", "bytes=0-" + (session.received().size() - 1));
    }
    return answer.build();
  }

  private static ByteString body(RecordedRequest request) {
    return request.getBody() == null ? ByteString.EMPTY : request.getBody();
  }
}
