package dev.stretcher.publication;

import dev.stretcher.fleet.AppName;
import dev.stretcher.manifest.Digest;
import dev.stretcher.publish.ObjectName;

/**
 * The names of an app's objects. Archives and tables of contents are named by what they contain, so
 * that nobody uploads one twice; manifests by what people call the version.
 */
record ObjectNames(AppName app) {
  static final String MANIFEST = ".yml";
  static final String SIGNATURE = ".minisig";
  static final String TOC = ".toc";
  private static final int DIGITS = 16;

  /** Returns what all of them begin with; no name of another app does. */
  String prefix() {
    return app + "/";
  }

  ObjectName archive(Digest checksum, String suffix) {
    return of(checksum.hex().substring(0, DIGITS) + suffix);
  }

  ObjectName toc(Digest digest) {
    return of(digest.hex().substring(0, DIGITS) + TOC);
  }

  ObjectName manifest(String id) {
    return of(id + MANIFEST);
  }

  ObjectName signature(String id) {
    return of(id + MANIFEST + SIGNATURE);
  }

  private ObjectName of(String name) {
    return new ObjectName(prefix() + name);
  }
}
