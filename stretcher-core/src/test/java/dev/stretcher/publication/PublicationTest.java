package dev.stretcher.publication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.contract.Minisign;
import dev.stretcher.contract.ObjectsInMemory;
import dev.stretcher.contract.StoreInMemory;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.Fleet;
import dev.stretcher.fleet.PublishedMeanwhileException;
import dev.stretcher.fleet.RolloutRules;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.manifest.ManifestReader;
import dev.stretcher.pack.Packed;
import dev.stretcher.pack.Packer;
import dev.stretcher.publish.ObjectContent;
import dev.stretcher.publish.ObjectExistsException;
import dev.stretcher.publish.ObjectName;
import dev.stretcher.sign.SecretKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicationTest {
  private static final AppName SHOP = new AppName("shop");
  private static final ManifestTemplate TEMPLATE =
      ManifestTemplate.of("deploy.yml", "# the shop\ndest: /srv/shop\n");

  @TempDir private Path directory;

  private final ObjectsInMemory objects = new ObjectsInMemory();
  private final StoreInMemory store = new StoreInMemory();
  private Path tree;

  @BeforeEach
  void makeTree() throws IOException {
    tree = Files.createDirectory(directory.resolve("tree"));
    write("bin/run", "v1");
    write("data", "same");
  }

  private void write(String name, String text) throws IOException {
    Path file = tree.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Publication publication() {
    return Publication.of(SHOP, tree, TEMPLATE, objects);
  }

  private Optional<DesiredState> desired() throws Exception {
    return Fleet.over(store).desired(SHOP);
  }

  private DesiredState publish(Publication publication) throws Exception {
    try (Prepared prepared = publication.prepare(desired())) {
      prepared.upload();
      return prepared.rollout(Fleet.over(store), "ci", RolloutRules.NONE);
    }
  }

  private DesiredState publish(String id) throws Exception {
    return publish(publication().withId(id));
  }

  private Publication signed(Path keys) throws Exception {
    return publication()
        .withId("v1")
        .signedBy(SecretKey.read(keys.resolve("minisign.key"), () -> new byte[0]));
  }

  @Test
  void whatWasPublishedIsDesiredWithAManifestThatNamesTheArchive() throws Exception {
    DesiredState now = publish("v1");

    assertThat(now.generation()).isEqualTo(1);
    assertThat(now.manifest().toString())
        .matches("memory://objects/shop/v1\\.yml#sha256=[0-9a-f]{64}");
    String text = new String(objects.bytes("shop/v1.yml"), UTF_8);
    assertThat(text).startsWith("# the shop\ndest: /srv/shop\n");
    Optional<Manifest.Payload> archive =
        new ManifestReader(Map.of()).read(text.getBytes(UTF_8)).manifest().payload();
    String src = archive.orElseThrow().archive().src().toString();
    assertThat(objects.names()).contains(src.substring("memory://objects/".length()));
    assertThat(archive.orElseThrow().archive().toc()).isPresent();
    assertThat(objects.names()).hasSize(3).allMatch(name -> name.startsWith("shop/"));
  }

  @Test
  void anIdIsMadeOfTheTimeAndTheArchive() throws Exception {
    assertThat(publish(publication()).id()).matches("[0-9]{8}-[0-9]{6}-[0-9a-f]{8}");
  }

  @Test
  void theForecastSaysWhatAHostWillFetch() throws Exception {
    byte[] noise = new byte[1 << 20];
    new Random(1).nextBytes(noise);
    Files.write(tree.resolve("noise"), noise);
    try (Prepared first = publication().prepare(Optional.empty())) {
      assertThat(first.forecast().unknown()).isEqualTo("nothing was desired before");
      assertThat(first.forecast().archive()).isGreaterThan(noise.length);
    }
    publish("v1");
    write("bin/run", "v2");
    write("new", "new");
    Files.delete(tree.resolve("data"));

    try (Prepared second = publication().prepare(desired())) {
      Forecast.Change change = second.forecast().change().orElseThrow();
      assertThat(change).isEqualTo(new Forecast.Change("v1", 1, 1, 1, change.fetch()));
      assertThat(change.fetch()).isBetween(1L, 100_000L);
    }
  }

  @Test
  void anEarlierVersionThatIsNotHereIsNoReasonToFail() throws Exception {
    publish("v1");
    for (String name : objects.names()) {
      if (name.endsWith(".toc")) {
        objects.delete(new ObjectName(name));
      }
    }
    try (Prepared prepared = publication().prepare(desired())) {
      assertThat(prepared.forecast().unknown()).contains("v1 is not known here");
    }
  }

  @Test
  void whoeverIsKilledAtAnyStepHasShownNothingAndTheNextRunConverges() throws Exception {
    Minisign minisign = Minisign.in(directory);
    DesiredState old = publish("v0");
    write("bin/run", "v2");
    int steps = 0;
    for (boolean done = false; !done; steps++) {
      int last = steps;
      int[] calls = {0};
      ObjectsInMemory.Fault killed =
          call -> {
            if (calls[0]++ >= last) {
              throw new Killed();
            }
          };
      objects.before(killed);
      objects.after(killed);
      try {
        assertThat(publish(signed(directory)).id()).isEqualTo("v1");
        done = true;
      } catch (Killed e) {
        objects.before(call -> {});
        objects.after(call -> {});
        assertThat(desired()).contains(old);
      }
    }
    assertThat(steps).isGreaterThan(10);
    objects.before(call -> {});
    objects.after(call -> {});

    // It had not seen that it was done: nothing is set anew.
    assertThat(publish(signed(directory)).generation()).isEqualTo(2);
    Path manifest = Files.write(directory.resolve("m.yml"), objects.bytes("shop/v1.yml"));
    Files.write(directory.resolve("m.yml.minisig"), objects.bytes("shop/v1.yml.minisig"));
    minisign.verify(manifest);
    assertThat(objects.names()).hasSize(3 + 4);
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void ofTwoPublishersOneWinsAndTheOtherOneSaysWho() throws Exception {
    publish("v1");
    write("bin/run", "v2");
    try (Prepared ours = publication().withId("v2").prepare(desired())) {
      ours.upload();
      write("bin/run", "v3");
      DesiredState theirs = publish("v3");

      assertThatThrownBy(() -> ours.rollout(Fleet.over(store), "us", RolloutRules.NONE))
          .isInstanceOf(PublishedMeanwhileException.class)
          .hasMessageContaining("ci set shop to v3 meanwhile, generation 2");
      assertThat(desired()).contains(theirs);
    }
  }

  @Test
  void anIdThatIsTakenByOtherContentIsRefusedAndNothingIsDesired() throws Exception {
    DesiredState first = publish("v1");
    write("bin/run", "v2");

    assertThatThrownBy(() -> publish("v1"))
        .isInstanceOf(ObjectExistsException.class)
        .hasMessageContaining("shop/v1.yml exists already with other content");
    assertThat(desired()).contains(first);
  }

  @Test
  void anEmptyDirectoryAndWhatIsNoArchiveAreRefused() throws Exception {
    Path empty = Files.createDirectory(directory.resolve("empty"));
    Path text = Files.createFile(directory.resolve("a.txt"));
    for (Path source : List.of(empty, text, directory.resolve("none"))) {
      assertThatThrownBy(
              () -> Publication.of(SHOP, source, TEMPLATE, objects).prepare(Optional.empty()))
          .isInstanceOf(UnpublishableException.class)
          .hasMessageContaining(source.toString());
    }
    assertThat(objects.names()).isEmpty();
  }

  @Test
  void anArchiveThatNoHostCouldUnpackOrThatWouldEmptyEachIsRefused() throws Exception {
    Path whole = directory.resolve("whole.tar.gz");
    Packer.of(tree).pack(whole);
    byte[] cut = Arrays.copyOf(Files.readAllBytes(whole), (int) Files.size(whole) / 3);
    assertIsRefused("cut.tar.gz", cut, "no host could unpack");
    assertIsRefused("none.tar.gz", "none".getBytes(UTF_8), "no host could unpack");
    assertIsRefused("nothing.tar.zst", new byte[0], "no host could unpack");
    assertIsRefused("outside.tgz", tar("../a"), "leads outside");
    assertIsRefused("empty.tar.gz", tar("./"), "is empty, and would empty each host");
    assertThat(objects.names()).isEmpty();
  }

  private static byte[] tar(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      tar.putArchiveEntry(new TarArchiveEntry(name));
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private void assertIsRefused(String name, byte[] content, String said) throws IOException {
    Path archive = Files.write(directory.resolve(name), content);
    assertThatThrownBy(
            () -> Publication.of(SHOP, archive, TEMPLATE, objects).prepare(Optional.empty()))
        .isInstanceOf(UnpublishableException.class)
        .hasMessageContaining(archive.toString())
        .hasMessageContaining(said);
  }

  @Test
  void anArchiveThatIsReadyIsTakenAsItIs() throws Exception {
    Path archive = directory.resolve("shop-1.tar.gz");
    Packed packed = Packer.of(tree).pack(archive);
    try (Prepared prepared =
        Publication.of(SHOP, archive, TEMPLATE, objects).prepare(Optional.empty())) {
      assertThat(prepared.text()).contains(packed.checksum().toString(), packed.toc().toString());
    }
    assertThat(archive).exists();
  }

  @Test
  void oldVersionsGoWithWhatOnlyTheyNeed() throws Exception {
    publish("v1");
    write("bin/run", "v2");
    publish("v2");
    publish("v2-again");
    write("bin/run", "v3");
    publish("v3");
    objects.create(
        new ObjectName("shop-admin/v1.yml"), ObjectContent.of(new byte[1], "text/plain"));
    int all = objects.names().size();

    Pruning pruning = Pruning.of(objects, SHOP, 1, Set.of("v3", "v2-again"));
    assertThat(pruning.surplus()).hasSize(4);
    assertThat(objects.names()).hasSize(all);
    pruning.remove();
    assertThat(objects.names())
        .hasSize(all - 4)
        .contains("shop/v3.yml", "shop/v2-again.yml", "shop-admin/v1.yml")
        .doesNotContain("shop/v1.yml", "shop/v2.yml");
    try (Prepared prepared = publication().prepare(desired())) {
      assertThat(prepared.forecast().change()).isPresent();
    }
  }

  @Test
  void aPruneThatIsKilledLeavesNoVersionThatCannotBeFetched() throws Exception {
    publish("v1");
    write("bin/run", "v2");
    publish("v2");
    Pruning pruning = Pruning.of(objects, SHOP, 1, Set.of());
    assertThat(pruning.surplus()).hasSize(3);

    for (ObjectName each : pruning.surplus()) {
      objects.delete(each);
      for (String manifest : objects.names()) {
        if (manifest.endsWith(".yml")) {
          String text = new String(objects.bytes(manifest), UTF_8);
          String src = text.replaceFirst("(?s).*memory://objects/(\\S+?)\"?\\n.*", "$1");
          assertThat(objects.names()).contains(src);
        }
      }
    }
  }

  @Test
  void whatAKilledPruneLeftGoesADayLater(@TempDir Path keys) throws Exception {
    Minisign.in(keys);
    publish(signed(keys));
    write("bin/run", "v2");
    publish("v2");
    int before = objects.names().size();
    objects.delete(Pruning.of(objects, SHOP, 1, Set.of()).surplus().get(0));
    objects.create(new ObjectName("shop/notes.toc"), ObjectContent.of(new byte[1], "text/plain"));

    // All of it was written then.
    Instant written = Instant.EPOCH;
    assertThat(surplus(written.plus(Duration.ofHours(23)))).isEmpty();
    assertThat(surplus(written.plus(Duration.ofHours(25))))
        .hasSize(3)
        .anyMatch(name -> name.equals("shop/v1.yml.minisig"))
        .anyMatch(name -> name.endsWith(".tar.gz"))
        .anyMatch(name -> name.matches("shop/[0-9a-f]{16}\\.toc"));
    assertThat(before).isEqualTo(7);
  }

  private List<String> surplus(Instant at) throws Exception {
    return Pruning.of(objects, SHOP, 1, Set.of(), InstantSource.fixed(at)).surplus().stream()
        .map(ObjectName::text)
        .toList();
  }
}
