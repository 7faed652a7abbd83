package dev.stretcher.examples;

import dev.stretcher.contract.VerifierContract;
import dev.stretcher.manifest.Digest;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.spi.Verifier;
import java.net.URI;
import java.util.Optional;

class ContentAddressedVerifierTest extends VerifierContract {
  @Override
  protected Verifier verifier() {
    return new ContentAddressedVerifier();
  }

  @Override
  protected Manifest.Archive describing(byte[] archive) {
    return at("https://store/" + SampleApp.sha256(archive) + ".tar.gz", Optional.empty());
  }

  @Override
  protected Manifest.Archive describingNothing() {
    Digest digest = new Digest(Digest.Algorithm.SHA256, "0".repeat(64));
    return at("https://store/app-1.2.tar.gz", Optional.of(digest));
  }

  private static Manifest.Archive at(String url, Optional<Digest> checksum) {
    return new Manifest.Archive(URI.create(url), checksum);
  }
}
