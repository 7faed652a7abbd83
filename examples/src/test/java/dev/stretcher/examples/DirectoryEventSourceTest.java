package dev.stretcher.examples;

import dev.stretcher.contract.EventSourceContract;
import dev.stretcher.spi.EventSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class DirectoryEventSourceTest extends EventSourceContract {
  @TempDir Path directory;
  private int sent;
  private String last = "";

  @Override
  protected EventSource open() throws IOException {
    URI address = URI.create("directory:" + Files.createDirectories(events()));
    return new DirectoryEvents().open(address, Map.of());
  }

  @Override
  protected void send(URI manifest) throws IOException {
    sent++;
    last = manifest.toString();
    drop();
  }

  @Override
  protected void sendAgain() throws IOException {
    drop();
  }

  @Override
  protected void sendMalformed() throws IOException {
    sent++;
    last = "/etc/app.yml";
    drop();
  }

  private void drop() throws IOException {
    Path part = Files.writeString(directory.resolve("part"), last + "\n");
    Path event = Files.createDirectories(events()).resolve(sent + ".event");
    Files.move(part, event, StandardCopyOption.ATOMIC_MOVE);
  }

  private Path events() {
    return directory.resolve("events");
  }

  @Override
  protected Set<Capability> capabilities() {
    return Set.of(Capability.values());
  }
}
