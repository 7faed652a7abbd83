package dev.stretcher.internal.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.internal.tar.Entries;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.internal.toc.Contents;
import dev.stretcher.internal.toc.Members;
import dev.stretcher.internal.toc.WantedContents;
import dev.stretcher.manifest.FileMode;
import dev.stretcher.option.Options;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.Entry;
import dev.stretcher.spi.EntryType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of an archive is needed, as its table of contents and dest say. */
class SurveyTest {
  private static final int LARGE = 100_000;

  @TempDir Path temp;
  private PackedFiles packed;

  @BeforeEach
  void pack() throws Exception {
    packed = PackedFiles.of(temp, Map.of("a", 10, "b", LARGE, "c", 20, "d", LARGE, "empty", 0));
  }

  private static ContentFilter named(String... names) {
    return entry -> Set.of(names).contains(entry.path().toString());
  }

  private Survey survey(ContentFilter needed, ContentFilter fetched) throws Exception {
    return Survey.of(packed.toc(), Options.DEFAULT, needed, fetched);
  }

  @Test
  void aContentIsWantedFromItsPlaceInTheTar() throws Exception {
    Survey survey = survey(named("b", "empty"), ContentFilter.ALL);

    WantedContents wanted = survey.wanted();
    assertThat(wanted.count()).isEqualTo(1);
    int start = (int) wanted.position(0);
    assertThat(Arrays.copyOfRange(packed.tar(), start, start + LARGE))
        .isEqualTo(packed.content("b"));
    assertThat(wanted.size(0)).isEqualTo(LARGE);
    assertThat(wanted.end(0) % 512).isZero();
    assertThat(wanted.isDigestOf(0, DigestUtils.sha256(packed.content("b")))).isTrue();
    assertThat(wanted.isDigestOf(0, DigestUtils.sha256(packed.content("d")))).isFalse();
    assertThat(survey.files()).isEqualTo(5);
    assertThat(survey.needed()).isEqualTo(2);
    assertThat(survey.entries().cardinality()).isEqualTo(1);
  }

  @Test
  void onlyTheMembersOfWantedContentsAreFetched() throws Exception {
    Survey survey = survey(named("a", "b", "d"), ContentFilter.ALL);

    BitSet some = survey.members(position -> position != survey.wanted().position(1));
    BitSet all = survey.members(position -> false);

    Members members = packed.toc().members();
    assertThat(some.cardinality()).isEqualTo(1);
    assertThat(some.get(members.at(survey.wanted().position(1)))).isTrue();
    assertThat(all.cardinality()).isEqualTo(3);
    assertThat(survey.members(position -> true).isEmpty()).isTrue();
  }

  @Test
  void aPlanOnlyCountsWhatItDoesNotRead() throws Exception {
    Survey survey = survey(named("a", "b"), named("a"));

    assertThat(survey.wanted().count()).isEqualTo(1);
    assertThat(survey.wanted().size(0)).isEqualTo(10);
    assertThat(survey.planned().count()).isEqualTo(1);
    assertThat(survey.planned().size(0)).isEqualTo(LARGE);
    assertThat(survey.needed()).isEqualTo(2);
  }

  @Test
  void entriesAreFoundByTheirNumbers() throws Exception {
    Survey all = survey(ContentFilter.ALL, ContentFilter.ALL);
    int second = all.wanted().entry(1);

    Survey survey = Survey.ofNumbers(packed.toc(), Options.DEFAULT, Set.of(second));

    assertThat(survey.wanted().count()).isEqualTo(1);
    assertThat(survey.wanted().position(0)).isEqualTo(all.wanted().position(1));
  }

  @Test
  void whatWasFoundOutIsNotAskedAgain() throws Exception {
    ContentFilter filter = survey(named("a"), ContentFilter.ALL).filter(entry -> true);

    assertThat(filter.needs(entry("a", EntryType.FILE))).isTrue();
    assertThat(filter.needs(entry("b", EntryType.FILE))).isFalse();
    assertThat(filter.needs(entry("b", EntryType.SYMLINK))).isTrue();
  }

  private static Entry entry(String name, EntryType type) {
    return new Entry(Path.of(name), type, new FileMode(0644), 1, Instant.EPOCH, Optional.empty());
  }

  @Test
  void theEntriesAreKept() throws Exception {
    Survey survey = survey(named(), ContentFilter.ALL);

    assertThat(survey.kept().isComplete()).isTrue();
    List<String> names = new ArrayList<>();
    Entries entries = survey.kept().pass(Contents.NONE);
    for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
      names.add(entry.text());
      assertThat(entries.digest().isPresent()).isEqualTo(entry.size() > 0);
    }
    assertThat(names).contains("a", "b", "c", "d", "empty");
  }
}
