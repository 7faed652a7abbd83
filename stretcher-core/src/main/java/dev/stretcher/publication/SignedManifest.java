package dev.stretcher.publication;

import dev.stretcher.internal.load.Minisignature;
import dev.stretcher.publish.ObjectContent;
import dev.stretcher.publish.ObjectExistsException;
import dev.stretcher.publish.ObjectName;
import dev.stretcher.publish.Uploads;
import dev.stretcher.sign.SecretKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The signature beside a manifest. */
record SignedManifest(Publication publication, SecretKey key) {
  /**
   * Uploads it. A signature has its time, so that an earlier run has left another one: that one is
   * as good if it is of the same key and of the same text.
   */
  void upload(Uploads uploads, ObjectName name, byte[] text, String file)
      throws IOException, InterruptedException {
    byte[] signature =
        key.sign(text, file, publication.clock().instant()).getBytes(StandardCharsets.UTF_8);
    try {
      uploads.write(name, ObjectContent.of(signature, "text/plain"));
    } catch (ObjectExistsException e) {
      if (!isSigned(name, text)) {
        throw e;
      }
    }
  }

  private boolean isSigned(ObjectName name, byte[] text) throws IOException, InterruptedException {
    try (InputStream in = publication.objects().open(name)) {
      return Minisignature.parse(in.readNBytes(Minisignature.MAX_BYTES))
          .filter(found -> found.isBy(key.publicKey(), text))
          .isPresent();
    }
  }
}
