package dev.stretcher.sources.internal.upload;

import dev.stretcher.publish.ObjectName;
import dev.stretcher.sources.internal.http.BucketUri;
import dev.stretcher.text.RedactedUri;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a bucket whose names begin in the same way.
 *
 * @param address without a slash at its end
 * @param scheme of the address
 * @param bucket its name
 * @param prefix how the names begin: empty, or with a slash at its end
 */
public record BucketPlace(String address, String scheme, String bucket, String prefix) {
  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static BucketPlace of(URI address) {
    // A bucket with an underscore is no host name for java.net.URI.
    @Nullable String bucket = address.getAuthority();
    String path = address.getPath() == null ? "" : address.getPath();
    if (bucket == null
        || bucket.contains("@")
        || address.getRawQuery() != null
        || address.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "'%s' is no address to publish to; expected a bucket and how names begin, such as %s://deploys/shop"
              .formatted(RedactedUri.of(address), address.getScheme()));
    }
    String names = path.replaceFirst("^/", "").replaceFirst("/+$", "");
    return new BucketPlace(
        address.toString().replaceFirst("/+$", ""),
        address.getScheme(),
        bucket,
        names.isEmpty() ? "" : names + "/");
  }

  /** Returns what has a name, or begins with a text. */
  public BucketUri of(String name) {
    return new BucketUri(scheme, bucket, prefix + name);
  }

  /** Returns the name of a key, if it may be one of ours. */
  public Optional<ObjectName> name(String key) {
    String name = key.startsWith(prefix) ? key.substring(prefix.length()) : "";
    return ObjectName.isName(name) ? Optional.of(new ObjectName(name)) : Optional.empty();
  }

  /** Returns where hosts fetch an object. */
  public URI url(ObjectName name) {
    return URI.create(address + "/" + name);
  }
}
