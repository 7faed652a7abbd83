package dev.stretcher.internal.load;

import dev.stretcher.manifest.Manifest;
import java.net.URI;

/** What a deploy is asked to deploy: a place, or a manifest that the program has made. */
public sealed interface GivenManifest {
  /** Returns the URL that names it in hooks, reports and the ledger. */
  URI uri();

  /**
   * A manifest that is to be fetched.
   *
   * @param uri where it is
   */
  record At(URI uri) implements GivenManifest {}

  /**
   * A manifest that the program has made.
   *
   * @param manifest the manifest, which may have values that no text has
   */
  record Made(Manifest manifest) implements GivenManifest {
    private static final URI NAME = URI.create("code:manifest");

    @Override
    public URI uri() {
      return NAME;
    }
  }
}
