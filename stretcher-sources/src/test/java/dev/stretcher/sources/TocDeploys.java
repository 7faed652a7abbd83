package dev.stretcher.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.Stretcher;
import dev.stretcher.contract.TreeState;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.pack.Packed;
import dev.stretcher.pack.Packer;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/** Whole deploys by a table of contents, from a server that stands for those of operators. */
final class TocDeploys implements AutoCloseable {
  private static final int FILES = 60;
  private static final int SMALL = 5_000;
  private static final int LARGE = 200_000;

  /** What is fetched at first, before anyone knows how long the table of contents is. */
  private static final int END = 256 << 10;

  /** Puts an archive at its place on the server, the same at each call. */
  @FunctionalInterface
  interface Upload {
    URI put(byte[] archive) throws IOException;
  }

  private final Path directory;
  private final Path tree;
  private final Path dest;
  private final WatchedSource source;
  private final Upload upload;
  private final List<DeployEvent> events = new CopyOnWriteArrayList<>();
  private final Stretcher stretcher;
  private Packed packed;

  /**
   * Deploys an application, whose dest was not there.
   *
   * @param directory an empty one
   */
  TocDeploys(Path directory, Source server, Upload upload) throws Exception {
    this.directory = directory.toRealPath();
    this.tree = Files.createDirectory(directory.resolve("tree"));
    this.dest = directory.resolve("dest");
    this.source = new WatchedSource(server);
    this.upload = upload;
    this.stretcher =
        Stretcher.builder()
            .source(source)
            .ledger(Ledger.in(directory.resolve("state")))
            .temporaryDirectory(Files.createDirectory(directory.resolve("tmp")))
            .options(Options.DEFAULT.with(Settings.RETRY, 0))
            .listener(events::add)
            .build();
    for (int i = 0; i < FILES; i++) {
      write("d%d/f%02d".formatted(i % 7, i), i % 5 == 0 ? LARGE : SMALL, i);
    }
    pack();
    deploy(upload());
    assertDestIsTheTree();
  }

  private void write(String name, int size, long seed) throws IOException {
    byte[] content = new byte[size];
    new Random(seed).nextBytes(content);
    Path file = tree.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + seed * 1000));
  }

  /** Changes a small file and a large one, adds one, removes one. */
  private int nextVersion() throws Exception {
    write("d1/f08", SMALL, 108);
    write("d3/f10", LARGE, 110);
    write("new/file", SMALL, 200);
    Files.delete(tree.resolve("d4/f04"));
    pack();
    return LARGE + 2 * SMALL;
  }

  private void pack() throws Exception {
    packed = Packer.of(tree).pack(archive());
  }

  private Path archive() {
    return directory.resolve("app.tar.gz");
  }

  private URI upload() throws IOException {
    return upload.put(Files.readAllBytes(archive()));
  }

  private DeployEvent.Fetched deploy(URI src) throws Exception {
    Path manifest =
        Files.writeString(
            directory.resolve("app.yml"),
            "src: %s\nchecksum: %s\ntoc: %s\ndest: %s\nsync_strategy: tree\n"
                .formatted(src, packed.checksum(), packed.toc(), dest));
    events.clear();
    source.forget();
    stretcher.deploy(manifest.toUri());
    return events.stream()
        .filter(DeployEvent.Fetched.class::isInstance)
        .map(DeployEvent.Fetched.class::cast)
        .findFirst()
        .orElseThrow();
  }

  /** The first deploy fetches all in one pass, an update the table of contents and what changed. */
  void assertUpdateFetchesWhatChanged() throws Exception {
    long changed = nextVersion();

    DeployEvent.Fetched fetched = deploy(upload());

    assertDestIsTheTree();
    assertThat(fetched.part())
        .hasValueSatisfying(
            part -> {
              assertThat(part.archiveBytes()).isEqualTo(packed.length());
              assertThat(part.files() - part.inDest()).isEqualTo(3);
            });
    assertThat(source.bytes()).isEqualTo(fetched.bytes());
    assertThat(fetched.bytes()).isLessThan(changed * 3 / 2 + END).isLessThan(packed.length() / 2);
  }

  /** Contents of another version are never taken, and dest stays as it was. */
  void assertReplacedArchiveIsNotMixed() throws Exception {
    nextVersion();
    byte[] wanted = Files.readAllBytes(archive());
    Packed described = packed;
    write("d2/f02", SMALL, 302);
    write("d3/f10", LARGE, 310);
    pack();
    byte[] other = Files.readAllBytes(archive());
    packed = described;
    URI src = upload.put(wanted);
    Map<String, String> before = TreeState.of(dest);
    source.beforeNextRange(() -> upload.put(other));

    assertThatThrownBy(() -> deploy(src))
        .isInstanceOf(StretcherException.class)
        .hasMessageContaining("checksum mismatch");

    assertThat(TreeState.of(dest)).isEqualTo(before);
    assertNothingIsLeft();
  }

  /** The same bytes under another validator are all fetched, once, and are right. */
  void assertUploadedAgainIsFetchedAsAWhole() throws Exception {
    nextVersion();
    URI src = upload();
    source.beforeNextRange(this::upload);

    DeployEvent.Fetched fetched = deploy(src);

    assertDestIsTheTree();
    assertThat(fetched.part()).isEmpty();
    assertThat(fetched.bytes()).isEqualTo(packed.length());
    assertThat(source.bytes()).isLessThan(packed.length() * 3 / 2);
  }

  private void assertDestIsTheTree() throws IOException {
    assertThat(described(dest)).isEqualTo(described(tree));
    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() throws IOException {
    assertThat(directory.resolve("tmp")).isEmptyDirectory();
    try (Stream<Path> beside = Files.list(directory)) {
      assertThat(beside.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".stretcher"));
    }
  }

  private static Map<String, String> described(Path root) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        found.put(
            root.relativize(path).toString(),
            Files.getLastModifiedTime(path)
                + " "
                + DigestUtils.sha256Hex(Files.readAllBytes(path)));
      }
    }
    return found;
  }

  @Override
  public void close() {
    stretcher.close();
  }
}
