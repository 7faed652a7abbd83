package dev.stretcher.sources;

import dev.stretcher.contract.SourceContract;
import dev.stretcher.contract.Tools;
import dev.stretcher.spi.Source;
import dev.stretcher.testing.Nginx;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our client against a web server that is not ours. */
class NginxIT extends SourceContract {
  @TempDir private static Path prefix;
  private static Nginx nginx;

  private final HttpSource source = new HttpSource();
  private int uploads;

  @BeforeAll
  static void start() throws Exception {
    Tools.require("nginx");
    nginx = Nginx.start(prefix);
  }

  @AfterAll
  static void stop() throws Exception {
    if (nginx != null) {
      nginx.close();
    }
  }

  @AfterEach
  void close() {
    source.close();
  }

  @Override
  protected Source source() {
    return source;
  }

  @Override
  protected URI put(String name, byte[] bytes) throws IOException {
    Files.write(nginx.documents().resolve(NativeText.path(name)), bytes);
    return uri(name);
  }

  @Override
  protected URI missing() {
    return uri("missing");
  }

  @Test
  void anUpdateByATableOfContentsFetchesWhatChanged(@TempDir Path directory) throws Exception {
    try (TocDeploys deploys = new TocDeploys(directory, source, this::publish)) {
      deploys.assertUpdateFetchesWhatChanged();
    }
  }

  @Test
  void anArchiveThatIsReplacedAfterItsTableOfContentsIsNotMixed(@TempDir Path directory)
      throws Exception {
    try (TocDeploys deploys = new TocDeploys(directory, source, this::publish)) {
      deploys.assertReplacedArchiveIsNotMixed();
    }
  }

  @Test
  void anArchiveThatIsUploadedAgainAfterItsTableOfContentsIsFetchedAsAWhole(@TempDir Path directory)
      throws Exception {
    try (TocDeploys deploys = new TocDeploys(directory, source, this::publish)) {
      deploys.assertUploadedAgainIsFetchedAsAWhole();
    }
  }

  /** Nginx names versions by time and length. */
  private URI publish(byte[] archive) throws IOException {
    Path file = nginx.documents().resolve("app.tar.gz");
    uploads++;
    Path fresh = Files.write(file.resolveSibling("fresh"), archive);
    Files.setLastModifiedTime(fresh, FileTime.fromMillis(1_700_000_000_000L + uploads * 10_000L));
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    return uri("app.tar.gz");
  }

  private URI uri(String name) {
    try {
      return new URI("http", null, "127.0.0.1", nginx.port(), "/" + name, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  @Override
  protected List<Capability> capabilities() {
    return List.of(Capability.values());
  }
}
