package dev.stretcher.sources.internal.upload;

import dev.stretcher.publish.ObjectName;
import dev.stretcher.text.RedactedUri;
import java.net.URI;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A directory of a web server.
 *
 * @param url ends with a slash; may have user information
 */
record HttpPlace(HttpUrl url) {
  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is none
   */
  static HttpPlace of(URI address) {
    @Nullable HttpUrl url =
        address.getRawAuthority() == null ? null : HttpUrl.parse(address.toString());
    if (url == null || url.query() != null || url.fragment() != null) {
      throw new IllegalArgumentException(
          "'%s' is no address to publish to; expected one without a query, such as https://deploys.example.com/shop"
              .formatted(RedactedUri.of(address)));
    }
    boolean open = url.encodedPath().endsWith("/");
    return new HttpPlace(open ? url : url.newBuilder().addPathSegment("").build());
  }

  /** Returns the URL of an object, with user information if there is any. */
  HttpUrl of(ObjectName name) {
    return url.newBuilder().addPathSegments(name.text()).build();
  }

  /** Returns the same for others. */
  URI shared(ObjectName name) {
    return of(name).newBuilder().username("").password("").build().uri();
  }

  /** Returns the directory for people. */
  @Override
  public String toString() {
    return url.newBuilder().username("").password("").build().toString().replaceFirst("/$", "");
  }
}
