package dev.stretcher.sources.internal.gs;

import dev.stretcher.process.Interrupts;
import dev.stretcher.publish.ContentChangedException;
import dev.stretcher.publish.ObjectContent;
import dev.stretcher.publish.ObjectExistsException;
import dev.stretcher.sources.internal.http.Exchange;
import dev.stretcher.sources.internal.upload.ContentBody;
import dev.stretcher.sources.internal.upload.LostUploadException;
import dev.stretcher.sources.internal.upload.Tries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * An object that is written by a <a
 * href="https://cloud.google.com/storage/docs/performing-resumable-uploads">resumable upload</a>,
 * which goes on after what the server has if the connection breaks.
 */
record GcsUpload(GcsApi api, GcsUri object, ObjectContent content, Tries tries) {
  /** The key of the metadata that has the SHA-256. */
  static final String DIGEST = "sha256";

  private static final int PRECONDITION_FAILED = 412;
  private static final int INCOMPLETE = 308;

  private static final Set<Integer> GONE = Set.of(404, 410);
  private static final Pattern RANGE = Pattern.compile("bytes=0-([0-9]{1,18})");

  void write() throws IOException, InterruptedException {
    HttpUrl session = begin(crc32c());
    boolean done = false;
    try {
      send(session);
      done = true;
    } catch (IOException e) {
      ContentChangedException.rethrow(e);
      Interrupts.rethrow(e);
      throw e;
    } finally {
      if (!done) {
        cancel(session);
      }
    }
  }

  private HttpUrl begin(String crc32c) throws IOException, InterruptedException {
    String known = GcsJson.metadata(content.type(), crc32c, Map.of(DIGEST, content.sha256().hex()));
    RequestBody metadata =
        RequestBody.create(known.getBytes(StandardCharsets.UTF_8), GcsObjectStore.JSON);
    Request.Builder request =
        new Request.Builder()
            .url(api.upload(object))
            .header("X-Upload-Content-Type", content.type())
            .header("X-Upload-Content-Length", Long.toString(content.length()))
            .post(metadata);
    try (GcsApi.Answer answer = api.send(request)) {
      requireSuccess(answer);
      @Nullable String location = answer.response().header("Location");
      @Nullable HttpUrl session = location == null ? null : api.endpoint().resolve(location);
      if (session == null) {
        throw new IOException(object + ": no address for the upload came; try again");
      }
      return session;
    }
  }

  /** Returns the checksum that the server compares. */
  private String crc32c() throws IOException, InterruptedException {
    CRC32C checksum = new CRC32C();
    byte[] piece = new byte[1 << 16];
    try (InputStream in = content.unheard().open(0)) {
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        checksum.update(piece, 0, count);
      }
    } catch (IOException e) {
      Interrupts.rethrow(e);
      throw e;
    }
    byte[] value = ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array();
    return Base64.getEncoder().encodeToString(value);
  }

  private void requireSuccess(GcsApi.Answer answer) throws IOException {
    if (answer.response().code() == PRECONDITION_FAILED) {
      throw exists(object);
    }
    if (!answer.response().isSuccessful()) {
      throw answer.failure(object);
    }
  }

  static ObjectExistsException exists(GcsUri object) {
    return new ObjectExistsException(
        "%s exists already; choose another name".formatted(object), Optional.empty());
  }

  private void send(HttpUrl session) throws IOException, InterruptedException {
    long first = 0;
    boolean isLost = false;
    int attempt = 1;
    while (true) {
      try {
        OptionalLong next = isLost ? received(session) : OptionalLong.of(first);
        if (next.isEmpty()) {
          return;
        }
        attempt = next.getAsLong() > first ? 1 : attempt;
        first = next.getAsLong();
        isLost = false;
        sendRest(session, first);
        return;
      } catch (IOException e) {
        tries.awaitNext(e, attempt);
        attempt++;
        isLost = true;
      }
    }
  }

  private void sendRest(HttpUrl session, long first) throws IOException, InterruptedException {
    Request.Builder request =
        new Request.Builder().url(session).put(new ContentBody(content, first));
    if (first > 0) {
      request.header(
          "Content-Range",
          "bytes %s-%s/%s".formatted(first, content.length() - 1, content.length()));
    }
    try (Exchange answer = api.sendAsIs(request)) {
      if (answer.response().code() == INCOMPLETE) {
        throw new IOException(object + ": the server has not taken all of it; try again");
      }
      requireTaken(answer);
    }
  }

  /** Returns how many bytes the server has; empty if the upload is complete. */
  private OptionalLong received(HttpUrl session) throws IOException, InterruptedException {
    Request.Builder request =
        new Request.Builder()
            .url(session)
            .header("Content-Range", "bytes */" + content.length())
            .put(RequestBody.EMPTY);
    try (Exchange answer = api.sendAsIs(request)) {
      Response response = answer.response();
      if (response.code() != INCOMPLETE) {
        requireTaken(answer);
        return OptionalLong.empty();
      }
      Matcher range = RANGE.matcher(String.valueOf(response.header("Range")));
      long next = range.matches() ? Long.parseLong(range.group(1)) + 1 : 0;
      boolean isAll = next > 0 && next == content.length();
      return isAll ? OptionalLong.empty() : OptionalLong.of(next);
    }
  }

  private void requireTaken(Exchange answer) throws IOException {
    if (GONE.contains(answer.response().code())) {
      throw new LostUploadException(object + ": the server knows this upload no more; try again");
    }
    requireSuccess(new GcsApi.Answer(answer, true));
  }

  /** Has the server throw away what it got; a failure of that is not the one to be told. */
  private void cancel(HttpUrl session) throws IOException {
    Interrupts.shielded(
        () -> {
          try (Exchange answer =
              api.sendAsIs(new Request.Builder().url(session).delete(RequestBody.EMPTY))) {
            return answer.response().code() != INCOMPLETE;
          } catch (IOException | InterruptedException e) {
            // The server does so by itself, after a week.
            return false;
          }
        });
  }
}
