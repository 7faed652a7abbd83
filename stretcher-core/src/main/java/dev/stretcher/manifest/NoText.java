package dev.stretcher.manifest;

/** Says what bytes are that are no text: perhaps a server or a bucket has compressed it. */
final class NoText {
  private static final String REMEDY =
      "; let the server or the bucket send the text as it is, or compressed once by gzip"
          + " (Content-Encoding)";

  private NoText() {}

  static String text(byte[] bytes) {
    String compression = compression(bytes);
    return compression.isEmpty()
        ? "it is not UTF-8; save it in that encoding, and if a server compresses it, such as by br,"
            + " let it send the text as it is (Content-Encoding)"
        : "it is not UTF-8, but compressed by " + compression + REMEDY;
  }

  private static String compression(byte[] bytes) {
    int first = bytes.length < 4 ? 0 : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    if (first == 0x1f8b) {
      return "gzip";
    }
    if (first == 0x28b5 && bytes[2] == 0x2f) {
      return "zstd";
    }
    // The header of zlib says how it compresses, by deflate, and is a multiple of 31.
    return (first >> 8 & 0xf) == 8 && first % 31 == 0 ? "deflate" : "";
  }
}
