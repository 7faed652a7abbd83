package dev.stretcher.publish;

import java.util.function.LongConsumer;

/** Tells a listener how far an attempt is, however often and by how many a content is read. */
final class Meter implements LongConsumer {
  private final ObjectName name;
  private final long length;
  private final UploadListener listener;
  private long furthest;

  Meter(ObjectName name, long length, UploadListener listener) {
    this.name = name;
    this.length = length;
    this.listener = listener;
  }

  @Override
  public synchronized void accept(long position) {
    if (position > furthest) {
      furthest = position;
      listener.onProgress(name, position, length);
    }
  }
}
