package dev.stretcher.internal.decompress;

import dev.stretcher.internal.tar.BlockInput;
import dev.stretcher.internal.tar.TarHeader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.compress.compressors.lzma.LZMACompressorInputStream;
import org.apache.commons.compress.compressors.z.ZCompressorInputStream;

/** The compressions that an archive may have, each told from its first bytes. */
enum Compression {
  NONE("tar") {
    @Override
    boolean begins(byte[] head) {
      if (head.length < BlockInput.BLOCK) {
        return false;
      }
      TarHeader header = new TarHeader(Arrays.copyOf(head, BlockInput.BLOCK));
      return header.isIntact() || header.isEnd();
    }

    @Override
    InputStream open(InputStream in, long memory) {
      return in;
    }
  },
  GZIP("gzip") {
    @Override
    boolean begins(byte[] head) {
      return starts(head, 0x1f, 0x8b);
    }

    @Override
    InputStream open(InputStream in, long memory) {
      return new GzipInput(in);
    }
  },
  BZIP2("bzip2") {
    @Override
    boolean begins(byte[] head) {
      return starts(head, 'B', 'Z', 'h');
    }

    @Override
    InputStream open(InputStream in, long memory) throws IOException {
      return new Bzip2Input(in);
    }
  },
  XZ("xz") {
    @Override
    boolean begins(byte[] head) {
      return starts(head, 0xfd, '7', 'z', 'X', 'Z', 0);
    }

    @Override
    InputStream open(InputStream in, long memory) throws IOException {
      return new XzInput(in, kibibytes(memory));
    }
  },
  ZSTD("zstd") {
    @Override
    boolean begins(byte[] head) {
      return starts(head, 0x28, 0xb5, 0x2f, 0xfd) || isSkippable(head);
    }

    @Override
    InputStream open(InputStream in, long memory) throws IOException {
      return new ZstdInput(in, MemoryNeed.windowLog(memory));
    }
  },
  COMPRESS("compress") {
    @Override
    boolean begins(byte[] head) {
      return starts(head, 0x1f, 0x9d);
    }

    @Override
    InputStream open(InputStream in, long memory) throws IOException {
      return new ZCompressorInputStream(new BufferedInputStream(in, BUFFER), COMPRESS_KIB);
    }
  },
  // Has no magic number; comes last, when it is known that it is nothing else.
  LZMA("lzma") {
    @Override
    boolean begins(byte[] head) {
      return LzmaHeader.isLikely(head);
    }

    @Override
    InputStream open(InputStream in, long memory) throws IOException {
      return LZMACompressorInputStream.builder()
          .setInputStream(new BufferedInputStream(in, BUFFER))
          .setMemoryLimitKiB(kibibytes(memory))
          .get();
    }
  };

  private static final int BUFFER = 64 * 1024;
  private static final int COMPRESS_KIB = 1024;

  private final String text;

  Compression(String text) {
    this.text = text;
  }

  abstract boolean begins(byte[] head);

  /**
   * Opens data of this compression.
   *
   * @param memory how many bytes of it decompressing may take
   * @throws LinkageError if the library of zstd cannot be loaded
   */
  abstract InputStream open(InputStream in, long memory) throws IOException;

  /** Returns the compression of data that begin with {@code head}. */
  static Optional<Compression> of(byte[] head) {
    return Arrays.stream(values()).filter(one -> one.begins(head)).findFirst();
  }

  @Override
  public String toString() {
    return text;
  }

  private static int kibibytes(long memory) {
    return (int) Math.min(Integer.MAX_VALUE, memory / 1024);
  }

  private static boolean isSkippable(byte[] head) {
    return head.length > 4 && (head[0] & 0xf0) == 0x50 && starts(head, head[0], 0x2a, 0x4d, 0x18);
  }

  private static boolean starts(byte[] head, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i == head.length || head[i] != (byte) magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** Describes data that are none of these. */
  static String describe(byte[] head) {
    if (head.length == 0) {
      return "it is empty";
    }
    String text = new String(head, 0, Math.min(head.length, 16), StandardCharsets.ISO_8859_1);
    return "it begins with '" + text.replaceAll("[^ -~]", "?") + "'";
  }
}
