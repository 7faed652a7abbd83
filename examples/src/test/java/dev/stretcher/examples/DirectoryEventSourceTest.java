package dev.stretcher.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.contract.EventSourceContract;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import dev.stretcher.spi.MalformedEventException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DirectoryEventSourceTest extends EventSourceContract {
  @TempDir Path directory;
  private static final URI ONE = URI.create("https://example.com/1.yml");
  private static final URI TWO = URI.create("https://example.com/2.yml");

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
    // What is sent again has its time.
    Files.setLastModifiedTime(part, FileTime.fromMillis(sent));
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

  @Test
  void aFileOfTheSameNameThatCameMeanwhileIsTheNextEvent() throws Exception {
    send(ONE);
    try (EventSource source = open()) {
      DeployRequest first = source.next().orElseThrow();
      sent = 0;
      send(TWO);
      source.handled(first);

      assertThat(source.next()).map(DeployRequest::manifest).contains(TWO);
    }
  }

  @Test
  void theSameNameAndContentAtAnotherTimeIsAnotherEvent() throws Exception {
    send(ONE);
    Optional<String> first = idOfNext();
    drop();
    Files.setLastModifiedTime(events().resolve("1.event"), FileTime.fromMillis(99));

    assertThat(first).isPresent().isNotEqualTo(idOfNext());
  }

  private Optional<String> idOfNext() throws Exception {
    try (EventSource source = open()) {
      DeployRequest request = source.next().orElseThrow();
      source.handled(request);
      return request.eventId();
    }
  }

  @Test
  void whatCannotBeAnEventDoesNotStopTheOthers() throws Exception {
    Files.createDirectories(events().resolve("a.event"));
    Files.write(events().resolve("b.event"), new byte[] {(byte) 0xff});
    try (RandomAccessFile large =
        new RandomAccessFile(events().resolve("c.event").toFile(), "rw")) {
      large.setLength(3L << 30);
    }
    sent = 3;
    send(ONE);
    Files.move(events().resolve("4.event"), events().resolve("d.event"));
    try (EventSource source = open()) {
      assertThatThrownBy(source::next)
          .isInstanceOf(MalformedEventException.class)
          .hasMessageContaining("b.event");
      assertThatThrownBy(source::next)
          .isInstanceOf(MalformedEventException.class)
          .hasMessageContaining("c.event");
      assertThat(source.next()).map(DeployRequest::manifest).contains(ONE);
    }
    assertThat(events().resolve("b.event.bad")).exists();
  }

  @Test
  @Timeout(60)
  void aDirectoryThatWasRemovedIsNotWaitedFor() throws Exception {
    try (EventSource source = open()) {
      Files.delete(events());
      Files.createDirectory(events());

      assertThatThrownBy(source::next)
          .isInstanceOf(NoSuchFileException.class)
          .hasMessageContaining("the directory was removed");
    }
  }

  @Test
  void anAddressThatIsRefusedIsNamedWithoutItsSecrets() {
    assertThatThrownBy(
            () -> new DirectoryEvents().open(URI.create("directory://me:s3cret@host"), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("names no absolute path")
        .hasMessageNotContaining("s3cret");
  }
}
