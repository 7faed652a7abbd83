package dev.stretcher.fleet;

import java.io.IOException;

/** Signs what is desired, for hosts that require it. */
@FunctionalInterface
public interface DesiredSigner {
  /**
   * Returns a signature.
   *
   * @param text {@link DesiredState#signedText}
   * @return as minisign writes it
   * @throws IOException if the key cannot be used
   */
  String sign(byte[] text) throws IOException;
}
