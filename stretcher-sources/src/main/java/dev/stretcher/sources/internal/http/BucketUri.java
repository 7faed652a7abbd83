package dev.stretcher.sources.internal.http;

import dev.stretcher.text.Printable;
import dev.stretcher.text.RedactedUri;
import java.net.URI;
import java.nio.file.NoSuchFileException;

/**
 * An object in a bucket, as its URL names it.
 *
 * @param key without the slash before it
 */
public record BucketUri(String scheme, String bucket, String key) {
  /**
   * Takes a URL apart.
   *
   * @throws NoSuchFileException if it does not name an object, or if it has user information, which
   *     has no meaning here and may contain a password
   */
  public static BucketUri of(URI uri) throws NoSuchFileException {
    // A bucket with an underscore is no host name for java.net.URI.
    String bucket = uri.getAuthority();
    String path = uri.getPath();
    if (bucket == null || path == null || path.length() < 2) {
      throw refused(uri, "not an object in a bucket");
    }
    if (bucket.contains("@")) {
      throw refused(uri, "a bucket has no user or password before it");
    }
    return new BucketUri(uri.getScheme(), bucket, path.substring(1));
  }

  private static NoSuchFileException refused(URI uri, String why) {
    String remedy = "; write %s://bucket/key".formatted(uri.getScheme());
    return new NoSuchFileException(RedactedUri.of(uri), null, why + remedy);
  }

  /** Returns it for people. */
  @Override
  public String toString() {
    return scheme + "://" + bucket + "/" + Printable.of(key);
  }
}
