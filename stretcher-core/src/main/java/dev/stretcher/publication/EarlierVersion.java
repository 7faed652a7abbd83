package dev.stretcher.publication;

import dev.stretcher.fleet.DesiredState;
import dev.stretcher.internal.toc.Toc;
import dev.stretcher.internal.toc.TocReader;
import dev.stretcher.manifest.Digest;
import dev.stretcher.option.Options;
import dev.stretcher.publish.ObjectName;
import dev.stretcher.publish.ObjectStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What was published before, as far as the same store of objects has it. */
record EarlierVersion(ObjectStore objects, ObjectNames names, Options limits) {
  /** It is in the memory of a small JVM: some 100,000 entries. */
  static final int LONGEST_TOC = 8 << 20;

  private static final int LONGEST_MANIFEST = 1 << 20;

  Forecast forecast(Optional<DesiredState> before, SourceArchive archive)
      throws InterruptedException {
    long length = archive.content().length();
    if (before.isEmpty()) {
      return new Forecast(length, Optional.empty(), "nothing was desired before");
    }
    if (archive.toc().isEmpty()) {
      return new Forecast(length, Optional.empty(), "the archive has no table of contents");
    }
    String id = before.get().id();
    try {
      Toc earlier = toc(before.get());
      return new Forecast(
          length, Optional.of(Comparison.of(id, earlier, archive.toc().get(), limits)), "");
    } catch (IOException e) {
      return new Forecast(
          length,
          Optional.empty(),
          "the table of contents of %s is not known here: %s".formatted(id, e.getMessage()));
    }
  }

  private Toc toc(DesiredState before) throws IOException, InterruptedException {
    ObjectName manifest = names.manifest(before.id());
    String url = before.manifest().toString();
    if (!url.substring(0, url.indexOf('#')).equals(objects.url(manifest).toString())) {
      throw new FileNotFoundException("its manifest lies elsewhere");
    }
    String text = new String(bytes(manifest, LONGEST_MANIFEST), StandardCharsets.UTF_8);
    Digest digest =
        new YamlLines(text)
            .value("toc")
            .map(EarlierVersion::digest)
            .orElseThrow(() -> new FileNotFoundException("its manifest names none"));
    byte[] toc = bytes(names.toc(digest), LONGEST_TOC);
    return TocReader.alone(ByteBuffer.wrap(toc), digest, limits);
  }

  private static Digest digest(String text) {
    try {
      return Digest.parse(text);
    } catch (IllegalArgumentException e) {
      return new Digest(Digest.Algorithm.SHA256, "0".repeat(64));
    }
  }

  private byte[] bytes(ObjectName name, int most) throws IOException, InterruptedException {
    try (InputStream in = objects.open(name)) {
      return in.readNBytes(most);
    }
  }
}
