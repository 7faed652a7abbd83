package dev.stretcher.sources.internal.file;

import dev.stretcher.sources.internal.http.Handover;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Opens a file whose opening may block, such as a named pipe that nobody writes to yet.
 *
 * <p>Java cannot interrupt open(2), so another thread waits in it.
 */
public final class SlowOpen {
  private SlowOpen() {}

  public static FileChannel open(Path path) throws IOException, InterruptedException {
    Handover<FileChannel> handover = new Handover<>();
    Thread thread = new Thread(() -> open(path, handover), "stretcher-file-open");
    thread.setDaemon(true);
    thread.start();
    return handover.await();
  }

  private static void open(Path path, Handover<FileChannel> handover) {
    try {
      handover.deliver(FileChannel.open(path, StandardOpenOption.READ));
    } catch (IOException e) {
      handover.fail(e);
    }
  }
}
