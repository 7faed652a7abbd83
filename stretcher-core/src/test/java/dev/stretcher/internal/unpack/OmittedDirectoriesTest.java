package dev.stretcher.internal.unpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Tools;
import dev.stretcher.internal.decompress.CompressedTar;
import dev.stretcher.internal.decompress.Decompressors;
import dev.stretcher.internal.omit.Omissions;
import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.tar.Entries;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.manifest.Digest;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.Entry;
import dev.stretcher.spi.OmittedFiles.OmittedDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that a syncer does not need, and in which nothing is staged. */
class OmittedDirectoriesTest {
  private static final Path ROOT = Path.of("");

  @TempDir Path temp;

  private Path root;

  @BeforeEach
  void createRoot() throws IOException {
    Tools.require("tar");
    root = Files.createDirectory(temp.resolve("root"));
  }

  /** Needs files whose names are among some, and no directory. */
  private record Only(String... names) implements ContentFilter {
    @Override
    public boolean needs(Entry entry) {
      return Stream.of(names).anyMatch(name -> entry.path().toString().equals(name));
    }

    @Override
    public boolean needsDirectory(Entry directory) {
      return needs(directory);
    }
  }

  private byte[] tar(String preparation, String members) throws IOException {
    Shell.run(temp, preparation + "; tar -cf made.tar " + members);
    return Files.readAllBytes(temp.resolve("made.tar"));
  }

  private Omissions extract(byte[] archive, ContentFilter needed)
      throws IOException, InterruptedException {
    ExtractOptions options = ExtractOptions.forThisUser(temp);
    return Unpacking.extract(new ByteArrayInputStream(archive), root, options, needed).omissions();
  }

  private void complete(byte[] archive, Omissions omissions, String... names)
      throws IOException, InterruptedException {
    List<Path> paths = Stream.of(names).map(Path::of).toList();
    Extractor.makeDirectories(root, omissions, omissions.directoriesOf(paths));
    CompressedTar.read(
        new ByteArrayInputStream(archive),
        Decompressors.JAVA,
        Options.DEFAULT,
        entries ->
            Extractor.complete(
                entries,
                root,
                ExtractOptions.forThisUser(temp),
                omissions,
                omissions.byEntry(paths)));
  }

  private List<String> staged() throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(path -> !path.equals(root))
          .map(path -> root.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void areNotStagedButTold() throws Exception {
    byte[] tar =
        tar(
            "mkdir -p in/d/e; echo f > in/d/e/f; chmod 2750 in/d; touch -d @1000000 in/d",
            "-C in d");

    Omissions omissions = extract(tar, new Only());

    assertThat(staged()).isEmpty();
    OmittedDirectory told = omissions.directories(ROOT).iterator().next();
    assertThat(told.name()).isEqualTo(Path.of("d"));
    assertThat(told.mode().bits()).isEqualTo(02750);
    assertThat(told.modified().getEpochSecond()).isEqualTo(1000000);
    assertThat(told.uid()).isEqualTo(Files.getAttribute(root, "unix:uid"));
    assertThat(told.gid()).isEqualTo(Files.getAttribute(root, "unix:gid"));
    assertThat(omissions.directories(Path.of("d")))
        .extracting(OmittedDirectory::name)
        .containsExactly(Path.of("e"));
    assertThat(omissions.in(Path.of("d/e"))).hasSize(1);
    assertThat(omissions.isEmpty()).isFalse();
  }

  @Test
  void areStagedOnceSomethingIsPutIntoThem() throws Exception {
    byte[] tar =
        tar(
            "mkdir -p in/d/e in/other/x in/link; echo f > in/d/e/f; ln -s / in/link/l;"
                + " chmod 711 in/d; touch -d @1000000 in/d/e in/d",
            "-C in d other link");

    Omissions omissions = extract(tar, new Only("d/e/f"));

    assertThat(staged()).containsExactly("d", "d/e", "d/e/f", "link", "link/l");
    assertThat((Integer) Files.getAttribute(root.resolve("d"), "unix:mode") & 07777)
        .isEqualTo(0711);
    assertThat(Files.getLastModifiedTime(root.resolve("d")).toMillis()).isEqualTo(1000000_000L);
    assertThat(omissions.paths()).containsExactlyInAnyOrder(Path.of("other"), Path.of("other/x"));
  }

  @Test
  void areStagedWhenTheyAreNeededThemselves() throws Exception {
    byte[] tar = tar("mkdir -p in/d/e in/d/f", "-C in d");
    assertThat(extract(tar, new Only("d/e")).paths()).containsExactly(Path.of("d/f"));
    assertThat(staged()).containsExactly("d", "d/e");
  }

  @Test
  void comeLaterWithTheirAttributesAndThoseAboveThem() throws Exception {
    byte[] tar =
        tar(
            "mkdir -p in/d/e in/d/empty; echo f > in/d/e/f; chmod 500 in/d/e; chmod 000 in/d;"
                + " touch -d @1000000 in/d/empty in/d/e in/d; chgrp 33 in/d/e || :",
            "-C in d");
    Path whole = Files.createDirectory(temp.resolve("whole"));
    ExtractOptions options = ExtractOptions.forThisUser(temp);
    Unpacking.extract(new ByteArrayInputStream(tar), whole, options, entry -> true);
    Omissions omissions = extract(tar, new Only());
    FileTime before = Files.getLastModifiedTime(root);

    complete(tar, omissions, "d/e/f");
    assertThat(omissions.paths()).containsExactly(Path.of("d/empty"));
    complete(tar, omissions, "d/empty");

    assertThat(omissions.isEmpty()).isTrue();
    assertThat(Files.getLastModifiedTime(root)).isEqualTo(before);
    Files.setLastModifiedTime(whole, before);
    assertThat(Snapshot.of(root)).isEqualTo(Snapshot.of(whole));
  }

  @Test
  void areToldAlsoIfTheyHaveNoEntries() throws Exception {
    byte[] tar = tar("mkdir -p in/d/e; echo f > in/d/e/f", "-C in d/e/f");

    Omissions omissions = extract(tar, new Only());

    assertThat(staged()).isEmpty();
    complete(tar, omissions, "d/e/f");
    Path made = Files.createDirectory(temp.resolve("made"));
    assertThat(Files.getAttribute(root.resolve("d"), "unix:mode"))
        .isEqualTo(Files.getAttribute(made, "unix:mode"));
    assertThat(root.resolve("d/e/f")).hasContent("f\n");
  }

  @Test
  void makeWayForAnotherEntryOfTheirNameOnlyIfTheyAreEmpty() throws Exception {
    byte[] empty = tar("mkdir -p one/d two; echo f > two/d", "-C one d -C ../two d");
    assertThat(extract(empty, new Only("d")).isEmpty()).isTrue();
    assertThat(staged()).containsExactly("d");
    Files.delete(root.resolve("d"));

    byte[] filled = tar("rm -r one; mkdir -p one/d/e", "-C one d -C ../two d");
    for (Only needed : List.of(new Only(), new Only("d/e"))) {
      assertThatThrownBy(() -> extract(filled, needed))
          .isInstanceOf(ArchiveException.class)
          .hasMessageContaining("a directory that is not empty");
    }
  }

  @Test
  void takeThePlaceOfAnEarlierFile() throws Exception {
    byte[] tar = tar("mkdir -p one two/d; echo f > one/d", "-C one d -C ../two d");
    ContentFilter onlyFiles =
        new ContentFilter() {
          @Override
          public boolean needs(Entry entry) {
            return true;
          }

          @Override
          public boolean needsDirectory(Entry directory) {
            return false;
          }
        };
    assertThat(extract(tar, onlyFiles).directories(ROOT)).hasSize(1);
    assertThat(staged()).isEmpty();
    assertThat(extract(tar, new Only()).directories(ROOT)).hasSize(1);
  }

  @Test
  void areNoneBelowALink() throws Exception {
    byte[] tar =
        tar("mkdir -p one two/l/d; ln -s / one/l; echo f > two/l/d/f", "-C one l -C ../two l/d/f");
    assertThatThrownBy(() -> extract(tar, new Only()))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("below 'l'");
  }

  @Test
  void countAsOthersDo() throws Exception {
    byte[] tar = tar("mkdir -p in/a/b/c; touch in/a/b/c/f", "-C in a/b/c/f");
    ExtractOptions few =
        ExtractOptions.forThisUser(temp).withLimits(Options.DEFAULT.with(Settings.MAX_ENTRIES, 3L));
    assertThatThrownBy(
            () -> Unpacking.extract(new ByteArrayInputStream(tar), root, few, new Only()))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("3 directories that have no entries");
  }

  @Test
  void ofTwoNamesForOneOwnerTheSystemSaysWhoseTheyWouldBe() throws Exception {
    assumeTrue(Files.getAttribute(temp, "unix:uid").equals(0), "only root can give files away");
    byte[] tar = tar("mkdir -p in/d", "--owner=nobody:4711 --group=no-such-group:88888 -C in d");
    OmittedDirectory told = extract(tar, new Only()).directories(ROOT).iterator().next();
    assertThat(told.uid()).isEqualTo(65534);
    assertThat(told.gid()).isEqualTo(88888);
  }

  /** Says a digest for each entry, as an archive with a table of contents does. */
  private record Digested(Entries entries, Digest each) implements Entries {
    @Override
    public TarEntry next() throws IOException, InterruptedException {
      return entries.next();
    }

    @Override
    public ByteBuffer content(long max) throws IOException, InterruptedException {
      return entries.content(max);
    }

    @Override
    public Optional<Digest> digest() {
      return Optional.of(each);
    }

    @Override
    public void finish() throws IOException, InterruptedException {
      entries.finish();
    }
  }

  @Test
  void theDigestsOfFilesAreAskedForAndKept() throws Exception {
    byte[] tar = tar("mkdir in; echo a > in/a; echo b > in/b; ln in/a in/c", "-C in a b c");
    Digest digest = Digest.parse("sha256:" + "0123456789abcdef".repeat(4));
    List<Optional<Digest>> asked = new ArrayList<>();
    ContentFilter needed =
        entry -> {
          asked.add(entry.digest());
          return entry.path().equals(Path.of("b"));
        };

    Omissions omissions =
        CompressedTar.read(
                new ByteArrayInputStream(tar),
                Decompressors.JAVA,
                Options.DEFAULT,
                entries ->
                    Extractor.extract(
                        new Digested(entries, digest),
                        root,
                        ExtractOptions.forThisUser(temp),
                        needed))
            .omissions();

    assertThat(asked).containsExactly(Optional.of(digest), Optional.of(digest));
    assertThat(omissions.in(ROOT))
        .hasSize(2)
        .allMatch(file -> file.digest().equals(Optional.of(digest)));
    assertThat(Set.copyOf(omissions.paths())).isEqualTo(Set.of(Path.of("a"), Path.of("c")));
  }
}
