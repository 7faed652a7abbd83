package dev.stretcher.sources.internal.s3;

import dev.stretcher.sources.internal.http.BucketUri;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.stream.Stream;

/** An object in S3, or a version of it. */
public record S3Uri(BucketUri object, Optional<String> versionId) {
  private static final String VERSION = "versionId=";

  public static S3Uri of(URI uri) throws NoSuchFileException {
    return new S3Uri(BucketUri.of(uri), versionId(uri));
  }

  String bucket() {
    return object.bucket();
  }

  String key() {
    return object.key();
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
    return object.toString();
  }
}
