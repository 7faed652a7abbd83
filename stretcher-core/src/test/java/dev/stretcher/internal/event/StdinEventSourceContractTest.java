package dev.stretcher.internal.event;

import dev.stretcher.contract.EventSourceContract;
import dev.stretcher.option.Options;
import dev.stretcher.spi.EventSource;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A line that somebody writes to STDIN, sooner or later. */
class StdinEventSourceContractTest extends EventSourceContract {
  private final BlockingQueue<Integer> written = new LinkedBlockingQueue<>();
  private final InputStream stdin =
      new InputStream() {
        @Override
        public int read() {
          try {
            return written.take();
          } catch (InterruptedException e) {
            throw new AssertionError("STDIN of a process cannot be interrupted", e);
          }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
          bytes[offset] = (byte) read();
          return 1;
        }
      };

  @Override
  protected EventSource open() {
    return new InterruptibleEvents(new StdinEventSource(stdin, Map.of(), Options.DEFAULT));
  }

  @Override
  protected void send(URI manifest) {
    write(manifest + "\n");
  }

  @Override
  protected void sendMalformed() {
    write("/etc/app.yml\n");
  }

  private void write(String line) {
    for (byte b : line.getBytes(StandardCharsets.UTF_8)) {
      written.add((int) b);
    }
  }

  @Override
  protected Set<Capability> capabilities() {
    return Set.of(Capability.WAITS, Capability.MALFORMED);
  }
}
