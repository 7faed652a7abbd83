package dev.stretcher.internal.fetch;

import dev.stretcher.process.Interrupts;
import dev.stretcher.text.NativeText;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads an {@link ArrivingFile} from its start. Used by one thread. */
final class ArrivingInput extends InputStream {
  private final ArrivingFile file;
  private final FileChannel channel;
  private long position;

  ArrivingInput(ArrivingFile file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int there = (int) Math.min(length, await());
    if (there == 0) {
      return -1;
    }
    int count = channel.read(ByteBuffer.wrap(target, offset, there));
    // These bytes may belong to another content, if the file was written anew meanwhile.
    file.requireSame();
    if (count < 0) {
      throw new EOFException(NativeText.text(file.path()) + " has become shorter");
    }
    position += count;
    return count;
  }

  private long await() throws IOException {
    try {
      return file.await(position);
    } catch (InterruptedException e) {
      throw Interrupts.asIoException(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
