package dev.stretcher.sources.internal.gs;

import dev.stretcher.sources.internal.http.BucketUri;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** An object in Cloud Storage, or a generation of it. */
public record GcsUri(BucketUri object, Optional<String> generation) {
  private static final Pattern QUERY = Pattern.compile("(?:.*&)?generation=([0-9]+)(?:&.*)?");
  private static final Pattern FRAGMENT = Pattern.compile("([0-9]+)");

  public static GcsUri of(URI uri) throws NoSuchFileException {
    Optional<String> generation = found(QUERY, uri.getRawQuery());
    return new GcsUri(
        BucketUri.of(uri),
        generation.isPresent() ? generation : found(FRAGMENT, uri.getRawFragment()));
  }

  private static Optional<String> found(Pattern pattern, @Nullable String text) {
    Matcher matcher = pattern.matcher(text == null ? "" : text);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /**
   * Returns the URL of its bytes.
   *
   * @param match the generation that it must have, or else the answer is 412
   */
  HttpUrl media(HttpUrl endpoint, Optional<String> match) {
    HttpUrl.Builder url =
        endpoint
            .newBuilder()
            .addPathSegments("storage/v1/b")
            .addPathSegment(object.bucket())
            .addPathSegment("o")
            .addPathSegment(object.key())
            .addQueryParameter("alt", "media");
    generation.ifPresent(number -> url.addQueryParameter("generation", number));
    match.ifPresent(number -> url.addQueryParameter("ifGenerationMatch", number));
    return url.build();
  }

  /** Returns the URL for people. */
  @Override
  public String toString() {
    return object.toString();
  }
}
