package dev.stretcher.internal.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.internal.deployed.FilesByContent;
import dev.stretcher.internal.tar.Entries;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.internal.toc.TocException;
import dev.stretcher.option.Options;
import dev.stretcher.spi.ContentFilter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contents in a spool file that were fetched, or copied from dest, or are fetched when asked. */
class TocContentsTest {
  private static final int LARGE = 100_000;

  @TempDir Path temp;
  private PackedFiles packed;
  private SpoolFile spool;
  private final List<Pieces> late = new ArrayList<>();

  @BeforeEach
  void pack() throws Exception {
    packed =
        PackedFiles.of(
            temp, Map.of("a", 10, "b", LARGE, "c", 20, "cc", 30, "d", LARGE, "dd", LARGE));
    spool = SpoolFile.create(temp, "test");
  }

  @AfterEach
  void close() throws Exception {
    spool.close();
  }

  private static ContentFilter named(String... names) {
    return entry -> Set.of(names).contains(entry.path().toString());
  }

  private Survey survey(ContentFilter needed) throws Exception {
    return Survey.of(packed.toc(), Options.DEFAULT, needed, ContentFilter.ALL);
  }

  private DestCopies copies(Survey survey, FilesByContent files) throws Exception {
    return DestCopies.of(survey.wanted(), bytes -> spool, files);
  }

  private FilesByContent dest(String content, Path file) throws Exception {
    byte[] digest = DigestUtils.sha256(packed.content(content));
    return search -> {
      if (search.isFor(digest, 0)) {
        search.found(digest, file);
      }
    };
  }

  private Pieces pieces(Survey survey, DestCopies copies) {
    return Pieces.of(packed.toc().members(), survey.members(copies::isThere));
  }

  private TocContents contents(ContentFilter needed, Survey survey, DestCopies copies) {
    return new TocContents(
        packed.toc(), Options.DEFAULT, spool, needed, survey, copies, this::fetchLate);
  }

  private Optional<ArchiveContents> fetchLate(Pieces pieces) throws IOException {
    late.add(pieces);
    packed.put(pieces, spool);
    return Optional.empty();
  }

  private Map<String, byte[]> read(TocContents contents, ContentFilter needed) throws Exception {
    return contents.read(needed, TocContentsTest::all);
  }

  private static Map<String, byte[]> all(Entries entries, ContentFilter needed)
      throws IOException, InterruptedException {
    Map<String, byte[]> found = new TreeMap<>();
    for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
      if (needed.needs(entry.described(entries.digest())) && entry.size() > 0) {
        found.put(entry.text(), content(entry, entries));
      }
    }
    return found;
  }

  private static byte[] content(TarEntry entry, Entries entries)
      throws IOException, InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (bytes.size() < entry.size()) {
      ByteBuffer chunk = entries.content(entry.size() - bytes.size());
      bytes.write(chunk.array(), chunk.arrayOffset() + chunk.position(), chunk.remaining());
    }
    return bytes.toByteArray();
  }

  @Test
  void whatWasFetchedIsRead() throws Exception {
    ContentFilter needed = named("a", "d");
    Survey survey = survey(needed);
    DestCopies none = copies(survey, search -> {});
    packed.put(pieces(survey, none), spool);

    TocContents contents = contents(needed, survey, none);
    contents.verify();

    assertThat(read(contents, needed))
        .containsOnlyKeys("a", "d")
        .containsEntry("a", packed.content("a"))
        .containsEntry("d", packed.content("d"));
    assertThat(late).isEmpty();
  }

  @Test
  void aContentThatIsWrongIsNamed() throws Exception {
    ContentFilter needed = named("a", "d");
    Survey survey = survey(needed);
    DestCopies none = copies(survey, search -> {});
    packed.put(pieces(survey, none), spool);
    spool.write(ByteBuffer.wrap(new byte[100]), survey.wanted().position(1) + 1000);

    assertThatThrownBy(contents(needed, survey, none)::verify)
        .isInstanceOf(TocException.class)
        .hasMessageContaining("has another content for 'd'");
  }

  @Test
  void whatDestHasIsCopiedAndNotFetched() throws Exception {
    ContentFilter needed = named("a", "d");
    Survey survey = survey(needed);
    DestCopies copies = copies(survey, dest("d", packed.tree().resolve("d")));

    assertThat(copies.count()).isEqualTo(1);
    assertThat(pieces(survey, copies).pieces()).hasSize(1);
    packed.put(pieces(survey, copies), spool);
    TocContents contents = contents(needed, survey, copies);
    contents.verify();

    assertThat(read(contents, needed)).containsEntry("d", packed.content("d"));
    assertThat(late).isEmpty();
  }

  @Test
  void anotherContentIsNotTaken() throws Exception {
    Survey survey = survey(named("d"));
    Path longer = Files.write(temp.resolve("longer"), new byte[LARGE + 1]);

    for (Path file :
        List.of(packed.tree().resolve("b"), packed.tree().resolve("a"), longer, temp)) {
      assertThat(copies(survey, dest("d", file)).count()).as("%s", file).isZero();
    }
    assertThat(copies(survey, dest("d", temp.resolve("gone"))).count()).isZero();
  }

  @Test
  void aContentIsCopiedToAllItsPlaces() throws Exception {
    ContentFilter needed = named("d", "dd");
    Survey survey = survey(needed);

    DestCopies copies = copies(survey, dest("d", packed.tree().resolve("d")));

    assertThat(copies.count()).isEqualTo(2);
    assertThat(read(contents(needed, survey, copies), needed))
        .containsEntry("d", packed.content("d"))
        .containsEntry("dd", packed.content("d"));
  }

  @Test
  void whatIsNeededLaterIsFetchedThen() throws Exception {
    ContentFilter first = named("a");
    Survey survey = survey(first);
    DestCopies copies = copies(survey, dest("a", packed.tree().resolve("a")));
    TocContents contents = contents(first, survey, copies);
    contents.verify();

    assertThat(read(contents, named("a", "b"))).containsEntry("b", packed.content("b"));
    assertThat(read(contents, named("b"))).containsOnlyKeys("b");

    assertThat(late).hasSize(1);
    assertThat(late.get(0).tarBytes()).isLessThan(LARGE + 1024);
  }

  @Test
  void whatArrivesWhereAContentWasCopiedToIsVerifiedAgain() throws Exception {
    ContentFilter needed = named("c");
    Survey survey = survey(needed);
    DestCopies copies = copies(survey, dest("c", packed.tree().resolve("c")));
    TocContents contents = contents(needed, survey, copies);
    contents.verify();
    long position = survey.wanted().position(0);
    packed.tar()[(int) position] ^= 1;

    // Both are in one member, which is damaged.
    assertThatThrownBy(() -> contents.readSome(numbers("c", "cc"), entries -> ""))
        .isInstanceOf(TocException.class);
  }

  private Set<Integer> numbers(String... names) throws Exception {
    Survey survey = survey(named(names));
    return Set.of(survey.wanted().entry(0), survey.wanted().entry(1));
  }
}
