package dev.stretcher.pack;

import dev.stretcher.internal.toc.Codec;
import dev.stretcher.text.NativeText;
import java.nio.file.Path;

/** The forms of archives that are packed, told by the name of the file. */
enum ArchiveFormat {
  GZIP(Codec.GZIP, 6, 9) {
    @Override
    MemberCompressor compressor(int level) {
      return new GzipCompressor(level);
    }
  },
  ZSTD(Codec.ZSTD, 3, 19) {
    @Override
    MemberCompressor compressor(int level) {
      return new ZstdCompressor(level);
    }
  };

  private final Codec codec;
  private final int usualLevel;
  private final int highestLevel;

  ArchiveFormat(Codec codec, int usualLevel, int highestLevel) {
    this.codec = codec;
    this.usualLevel = usualLevel;
    this.highestLevel = highestLevel;
  }

  /** Returns what a table of contents says of it. */
  Codec codec() {
    return codec;
  }

  /**
   * Returns a compressor, for one thread at a time.
   *
   * @throws LinkageError if the library of zstd cannot be loaded
   */
  abstract MemberCompressor compressor(int level);

  static ArchiveFormat of(Path file) throws PackException {
    String name = NativeText.text(file);
    if (name.endsWith(".tar.gz") || name.endsWith(".tgz")) {
      return GZIP;
    }
    if (name.endsWith(".tar.zst")) {
      return ZSTD;
    }
    throw new PackException(
        "the name of the archive '%s' does not say what it is; end it in .tar.gz, .tgz or .tar.zst"
            .formatted(FoundFile.text(NativeText.bytes(file))));
  }

  /** Returns the level that 0 stands for, or the level itself. */
  int level(int level) throws PackException {
    if (level > highestLevel) {
      throw new PackException(
          "the level %s is too high for an archive of %s, expected 1 to %s"
              .formatted(level, this == GZIP ? "gzip" : "zstd", highestLevel));
    }
    return level == 0 ? usualLevel : level;
  }
}
