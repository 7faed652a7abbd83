package dev.stretcher.internal.deployed;

import java.io.IOException;
import java.nio.file.Path;

/** Finds files in a dest by what they contain, as far as the deploy before put them there. */
@FunctionalInterface
public interface FilesByContent {
  /** What is looked for. */
  interface Search {
    /**
     * Tells whether a content is still looked for.
     *
     * @param digests has the 32 bytes of its SHA-256 from {@code offset} on
     */
    boolean isFor(byte[] digests, int offset);

    /**
     * Takes a file that had such a content, and has the size and time that it had then.
     *
     * @param digest the SHA-256 of the content, valid until the end of the call
     * @param file was a regular file in dest, and not behind a link
     */
    void found(byte[] digest, Path file) throws IOException, InterruptedException;
  }

  /** Looks for files. */
  void find(Search search) throws IOException, InterruptedException;
}
