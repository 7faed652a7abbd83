package dev.stretcher.sources.internal.gs;

import dev.stretcher.sources.internal.http.HttpAnswer;
import dev.stretcher.sources.internal.http.RetryAfter;
import dev.stretcher.text.Printable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Response;

/**
 * Says in an operator's words why an object cannot be had, see the <a
 * href="https://cloud.google.com/storage/docs/json_api/v1/status-codes">status codes</a>.
 */
final class GcsFailure {
  private static final Pattern MESSAGE =
      Pattern.compile("\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.){1,300})");
  private static final String READER =
      "; let these credentials do storage.objects.get, by the role Storage Object Viewer";
  private static final String PUBLISHER =
      "; let these credentials do storage.objects.create, get, list and delete, by the role Storage"
          + " Object User";
  private static final int SAID = 8 << 10;
  private static final Set<Integer> REFUSED = Set.of(401, 403);
  private static final Set<Integer> PASSING = Set.of(408, 429);

  private GcsFailure() {}

  /**
   * Returns the exception for an answer that is not the object.
   *
   * @param known whether there were credentials
   */
  static IOException of(GcsUri object, Response response, boolean known) throws IOException {
    return of(object, response, known ? READER : unknown("and the object is not public"));
  }

  /** Returns the same for who publishes. */
  static IOException ofPublisher(GcsUri object, Response response, boolean known)
      throws IOException {
    return of(object, response, known ? PUBLISHER : unknown("which publishing needs"));
  }

  private static IOException of(GcsUri object, Response response, String remedy)
      throws IOException {
    String said = HttpAnswer.status(response) + message(response);
    String name = object.toString();
    int code = response.code();
    if (code == 404) {
      return new NoSuchFileException(name, null, said + "; check the URL");
    }
    if (code >= 500 || PASSING.contains(code)) {
      return RetryAfter.passing(response.headers(), name + ": " + said);
    }
    return new AccessDeniedException(name, null, said + (REFUSED.contains(code) ? remedy : ""));
  }

  private static String unknown(String why) {
    return "; no Google credentials were found (tried GOOGLE_APPLICATION_CREDENTIALS, the file of"
        + " 'gcloud auth application-default login' and the metadata server), "
        + why
        + "; set one of them up";
  }

  /** Returns what the JSON in the answer says, or its beginning if it is something else. */
  private static String message(Response response) throws IOException {
    String body = response.peekBody(SAID).string();
    Matcher json = MESSAGE.matcher(body);
    String text = json.find() ? json.group(1) : body.lines().findFirst().orElse("");
    String shown = Printable.of(text.substring(0, Math.min(300, text.length())));
    return shown.isBlank() ? "" : ": " + shown.strip();
  }
}
