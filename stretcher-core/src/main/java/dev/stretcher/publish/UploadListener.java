package dev.stretcher.publish;

import java.io.IOException;
import java.time.Duration;

/** Hears how far an upload is. Called by any thread, by one at a time for an object. */
public interface UploadListener {
  /** Hears nothing. */
  UploadListener NONE = new UploadListener() {};

  /**
   * Called as bytes are read for being sent. After a failure it begins anew.
   *
   * @param read how many of the first bytes were read
   * @param length how many there are
   */
  default void onProgress(ObjectName name, long read, long length) {}

  /**
   * Called before something is tried again.
   *
   * @param failure why
   * @param wait how long until then
   */
  default void onRetry(ObjectName name, IOException failure, Duration wait) {}
}
