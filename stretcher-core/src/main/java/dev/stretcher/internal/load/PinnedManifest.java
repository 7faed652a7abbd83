package dev.stretcher.internal.load;

import dev.stretcher.manifest.Digest;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The URL of a manifest and, if it ends with {@code #sha256=HEX}, the digest that the manifest must
 * have.
 *
 * @param uri the URL without its fragment
 */
record PinnedManifest(URI uri, Optional<Digest> pin) {
  private static final Pattern PIN = Pattern.compile("sha256=[0-9a-fA-F]{64}");

  /**
   * Takes a URL apart.
   *
   * @throws IllegalArgumentException if it has a fragment that is not a pin, perhaps a mistyped one
   */
  static PinnedManifest of(URI uri) {
    String fragment = uri.getRawFragment();
    if (fragment == null) {
      return new PinnedManifest(uri, Optional.empty());
    }
    if (!PIN.matcher(fragment).matches()) {
      throw new IllegalArgumentException(
          "what follows # in its URL is not the digest of a manifest, expected #sha256= and 64"
              + " hexadecimal digits; a # in a name is written %23");
    }
    String whole = uri.toString();
    return new PinnedManifest(
        URI.create(whole.substring(0, whole.indexOf('#'))),
        Optional.of(Digest.parse(fragment.replace('=', ':'))));
  }

  /** Returns where the detached signature is: beside it, with {@code .minisig} after its name. */
  URI signature() {
    String whole = uri.toString();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String path = whole.substring(0, whole.length() - query.length());
    return URI.create(path + ".minisig" + query);
  }
}
