package dev.stretcher.sources.internal.gs;

import java.io.IOException;
import java.util.Optional;

/** Where access tokens come from. Thread-safe. */
public interface GcsTokens {
  /** No tokens at all: an emulator does not want any. */
  GcsTokens NONE = stale -> Optional.empty();

  /**
   * Returns a token; empty if there are no credentials.
   *
   * @param stale a token that was refused, and is to be replaced
   * @throws java.nio.file.AccessDeniedException if the credentials are not good
   * @throws IOException if a token cannot be had now
   */
  Optional<String> token(Optional<String> stale) throws IOException;
}
