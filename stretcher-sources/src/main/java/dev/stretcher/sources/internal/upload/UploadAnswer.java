package dev.stretcher.sources.internal.upload;

import dev.stretcher.sources.internal.http.HttpAnswer;
import dev.stretcher.sources.internal.http.RetryAfter;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import okhttp3.Response;

/** What an answer that is no success means for who writes, looks for or removes an object. */
final class UploadAnswer {
  private static final Set<Integer> MISSING = Set.of(404, 410);
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);
  private static final int NOT_IMPLEMENTED = 501;
  private static final int FULL = 507;

  private UploadAnswer() {}

  static boolean isMissing(Response response) {
    return MISSING.contains(response.code());
  }

  /**
   * Returns the exception.
   *
   * @param object the URL for people
   * @param method of the request
   */
  static IOException failure(String object, String method, Response response) {
    int code = response.code();
    String said = method + " was answered by " + HttpAnswer.status(response);
    if (isMissing(response) && !method.equals("PUT")) {
      return new NoSuchFileException(object, null, said + "; check the URL");
    }
    boolean ownFault = code == NOT_IMPLEMENTED || code == FULL;
    if (code < 300 || PASSING.contains(code) || (code >= 500 && !ownFault)) {
      return RetryAfter.passing(response.headers(), object + ": " + said);
    }
    return new AccessDeniedException(object, null, said + remedy(code));
  }

  private static String remedy(int code) {
    return switch (code) {
      case 301, 302, 303, 307, 308 ->
          "; an upload is not sent elsewhere, publish to the address that it redirects to";
      case 401 ->
          "; put the right login into the file .netrc, or user:password@ before the host in the"
              + " URL";
      case 403 -> "; let this user write, read and remove there, or choose a new name";
      case 404, 409, 410 ->
          "; make the directory on the server, or let it do so (create_full_put_path of nginx)";
      case 405, 501 -> "; let the server take PUT, HEAD and DELETE there (dav_methods of nginx)";
      case 413 -> "; let the server take larger bodies (client_max_body_size of nginx)";
      case 507 -> "; make room on the server";
      default -> "";
    };
  }
}
