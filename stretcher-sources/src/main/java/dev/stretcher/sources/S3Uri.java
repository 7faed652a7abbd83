package dev.stretcher.sources;

import dev.stretcher.text.RedactedUri;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.stream.Stream;

/** An object in S3, or a version of it. */
record S3Uri(String bucket, String key, Optional<String> versionId) {
  private static final String VERSION = "versionId=";

  static S3Uri of(URI uri) throws NoSuchFileException {
    // A bucket with an underscore is no host name for java.net.URI.
    String bucket = uri.getAuthority();
    String path = uri.getPath();
    if (bucket == null || path == null || path.length() < 2) {
      throw new NoSuchFileException(
          RedactedUri.of(uri), null, "not an object in S3; write s3://bucket/key");
    }
    return new S3Uri(bucket, path.substring(1), versionId(uri));
  }

  private static Optional<String> versionId(URI uri) {
    return Stream.ofNullable(uri.getRawQuery())
        .flatMap(query -> Stream.of(query.split("&")))
        .filter(parameter -> parameter.startsWith(VERSION))
        // A plus sign of an ID is one; only percent signs are to be decoded.
        .map(parameter -> parameter.substring(VERSION.length()).replace("+", "%2B"))
        .map(value -> URLDecoder.decode(value, StandardCharsets.UTF_8))
        .findFirst();
  }

  /** Returns it for people. */
  @Override
  public String toString() {
    return "s3://" + bucket + "/" + key.replaceAll("\\p{Cntrl}", "?");
  }
}
