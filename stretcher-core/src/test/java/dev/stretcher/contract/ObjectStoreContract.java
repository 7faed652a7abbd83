package dev.stretcher.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.publish.ContentChangedException;
import dev.stretcher.publish.ObjectContent;
import dev.stretcher.publish.ObjectExistsException;
import dev.stretcher.publish.ObjectName;
import dev.stretcher.publish.ObjectStore;
import dev.stretcher.publish.StoredObject;
import dev.stretcher.publish.UploadListener;
import dev.stretcher.publish.Uploads;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What publishing relies on in an {@link ObjectStore}. The test of a store extends this class.
 *
 * <p>All names are below one that is new for each test, so that a store which others use too will
 * do.
 */
@Timeout(120)
public abstract class ObjectStoreContract {
  private static final int WRITERS = 4;
  private static final String TYPE = "application/octet-stream";

  private final String below = "contract-" + UUID.randomUUID() + "/";
  private final List<ObjectStore> opened = new ArrayList<>();
  private ObjectStore store;

  @TempDir private Path files;

  /**
   * Opens a client of the store under test: all that a test opens see the same objects, as programs
   * on several hosts do.
   */
  protected abstract ObjectStore open() throws Exception;

  /** Returns the source by which hosts fetch what is published, if the test has it. */
  protected Optional<Source> source() {
    return Optional.empty();
  }

  /** Returns how many bytes a large content has: enough for the store to send it in parts. */
  protected int large() {
    return 3 << 20;
  }

  /** Tells whether the store itself refuses the second of two writers at the same time. */
  protected boolean isAtomic() {
    return true;
  }

  @BeforeEach
  void openStore() throws Exception {
    store = another();
  }

  @AfterEach
  void closeAll() {
    opened.forEach(ObjectStore::close);
  }

  private ObjectStore another() throws Exception {
    ObjectStore next = open();
    opened.add(next);
    return next;
  }

  private ObjectName name(String text) {
    return new ObjectName(below + text);
  }

  private static ObjectContent text(String text) {
    return ObjectContent.of(text.getBytes(UTF_8), "text/plain");
  }

  private byte[] read(ObjectName name) throws Exception {
    try (InputStream in = another().open(name)) {
      return in.readAllBytes();
    }
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(Files.createTempFile(files, "content", ""), bytes);
  }

  @Test
  void whatIsWrittenIsReadByOthers() throws Exception {
    ObjectName name = name("shop-1.0_a~b.yml");
    store.create(name, text("dest: /srv/shop\n"));
    assertThat(read(name)).asString(UTF_8).isEqualTo("dest: /srv/shop\n");
    StoredObject found = another().find(name).orElseThrow();
    assertThat(found.name()).isEqualTo(name);
    assertThat(found.length()).isEqualTo(16);
    assertThat(found.sha256())
        .isIn(Optional.empty(), Optional.of(text("dest: /srv/shop\n").sha256()));
  }

  @Test
  void aLargeContentIsWrittenAsAWhole() throws Exception {
    byte[] bytes = random(large());
    ObjectName name = name("large/archive.tar.gz");
    ObjectContent content = ObjectContent.of(file(bytes), "application/gzip");
    assertThat(new Uploads(store, Options.DEFAULT, UploadListener.NONE).write(name, content))
        .isTrue();
    assertThat(read(name)).isEqualTo(bytes);
    assertThat(another().find(name).orElseThrow().sha256())
        .isIn(Optional.empty(), Optional.of(content.sha256()));
  }

  @Test
  void anEmptyContentIsWritten() throws Exception {
    store.create(name("empty"), text(""));
    assertThat(read(name("empty"))).isEmpty();
    assertThat(store.find(name("empty")).orElseThrow().length()).isZero();
  }

  @Test
  void aNameThatExistsIsNotWrittenAgain() throws Exception {
    store.create(name("a"), text("first"));
    ObjectStore other = another();
    for (String content : List.of("second", "first")) {
      assertThatThrownBy(() -> other.create(name("a"), text(content)))
          .isInstanceOfSatisfying(
              ObjectExistsException.class,
              e ->
                  assertThat(e.there())
                      .satisfiesAnyOf(
                          there -> assertThat(there).isEmpty(),
                          there -> assertThat(there.orElseThrow().length()).isEqualTo(5)))
          .hasMessageContaining(name("a").text());
    }
    assertThat(read(name("a"))).asString(UTF_8).isEqualTo("first");
  }

  @Test
  void aLargeContentDoesNotReplaceWhatIsThere() throws Exception {
    store.create(name("a"), text("first"));
    ObjectContent content = ObjectContent.of(file(random(large())), TYPE);
    assertThatThrownBy(() -> store.create(name("a"), content))
        .isInstanceOf(ObjectExistsException.class);
    assertThat(read(name("a"))).asString(UTF_8).isEqualTo("first");
  }

  @Test
  void ofWritersAtTheSameTimeOneWins() throws Exception {
    assumeTrue(isAtomic());
    List<FutureTask<Boolean>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      ObjectStore own = another();
      ObjectContent content = text("of writer " + i);
      writers.add(new FutureTask<>(() -> wins(own, content)));
    }
    writers.forEach(writer -> new Thread(writer).start());
    List<Integer> winners = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      if (writers.get(i).get()) {
        winners.add(i);
      }
    }
    assertThat(winners).hasSize(1);
    assertThat(read(name("contended"))).asString(UTF_8).isEqualTo("of writer " + winners.get(0));
  }

  private boolean wins(ObjectStore own, ObjectContent content) throws Exception {
    try {
      own.create(name("contended"), content);
      return true;
    } catch (ObjectExistsException e) {
      return false;
    }
  }

  @Test
  void aPublisherWhoRunsAgainFindsItsObject() throws Exception {
    Uploads uploads = new Uploads(store, Options.DEFAULT, UploadListener.NONE);
    assertThat(uploads.write(name("again"), text("the same"))).isTrue();
    assertThat(uploads.write(name("again"), text("the same"))).isFalse();
    assertThatThrownBy(() -> uploads.write(name("again"), text("not same")))
        .isInstanceOf(ObjectExistsException.class)
        .hasMessageContaining(name("again").text())
        .hasMessageContaining("other content");
  }

  @Test
  void whatIsNotThereIsMissed() throws Exception {
    assertThat(store.find(name("missing"))).isEmpty();
    assertThat(store.find(name("missing/below"))).isEmpty();
    assertThatThrownBy(() -> store.open(name("missing")).close())
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(name("missing").text());
    assertThatCode(() -> store.delete(name("missing"))).doesNotThrowAnyException();
  }

  @Test
  void aContentThatEndsEarlyLeavesNothing() throws Exception {
    byte[] bytes = random(large());
    ObjectContent whole = ObjectContent.of(file(bytes), TYPE);
    Path half = file(java.util.Arrays.copyOf(bytes, bytes.length / 2));
    ObjectContent cut = ObjectContent.of(half, bytes.length, whole.sha256(), TYPE);
    assertThatThrownBy(() -> store.create(name("cut"), cut))
        .isInstanceOf(ContentChangedException.class)
        .hasMessageContaining(half.toString());
    assertThat(another().find(name("cut"))).isEmpty();
    store.create(name("cut"), whole);
    assertThat(read(name("cut"))).isEqualTo(bytes);
  }

  @Test
  void anInterruptLeavesNothing() throws Exception {
    ObjectContent content = ObjectContent.of(file(random(large())), TYPE);
    Thread publisher = Thread.currentThread();
    Uploads uploads = new Uploads(store, noRetries(), interruptingHalfWay(publisher));
    assertThatThrownBy(() -> uploads.write(name("interrupted"), content))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(another().find(name("interrupted"))).isEmpty();
    store.create(name("interrupted"), text("later"));
  }

  private static Options noRetries() {
    return Options.DEFAULT.with(Settings.RETRY, 0);
  }

  private static UploadListener interruptingHalfWay(Thread publisher) {
    return new UploadListener() {
      private boolean done;

      @Override
      public void onProgress(ObjectName name, long read, long length) {
        if (!done && read > length / 2) {
          done = true;
          publisher.interrupt();
        }
      }
    };
  }

  @Test
  void whatIsThereIsListedByItsPrefix() throws Exception {
    assumeTrue(store.list(below).isPresent());
    for (String name : List.of("shop-2.yml", "shop-1.yml", "shop-1/x.yml", "other")) {
      store.create(name(name), text(name));
    }
    List<StoredObject> listed = another().list(below + "shop-1").orElseThrow();
    assertThat(listed)
        .extracting(StoredObject::name)
        .containsExactly(name("shop-1.yml"), name("shop-1/x.yml"));
    assertThat(listed).extracting(StoredObject::length).containsExactly(10L, 12L);
    assertThat(store.list(below).orElseThrow()).hasSize(4);
    assertThat(store.list(below + "nothing").orElseThrow()).isEmpty();
  }

  @Test
  void whatIsDeletedIsGoneAndItsNameIsFree() throws Exception {
    store.create(name("a"), text("first"));
    store.create(name("ab"), text("stays"));
    another().delete(name("a"));
    assertThat(another().find(name("a"))).isEmpty();
    store.create(name("a"), text("second"));
    assertThat(read(name("a"))).asString(UTF_8).isEqualTo("second");
    assertThat(read(name("ab"))).asString(UTF_8).isEqualTo("stays");
  }

  @Test
  void hostsFetchFromTheUrl() throws Exception {
    ObjectName name = name("dir/shop-1.tar.gz");
    assertThat(store.url(name).toString())
        .endsWith("/" + name)
        .doesNotContain("@")
        .startsWith(store.name().substring(0, store.name().indexOf(':') + 1));
    assumeTrue(source().isPresent());
    store.create(name, text("for hosts"));
    try (Source source = source().orElseThrow();
        Content content = source.open(store.url(name), FetchRequest.all("contract"))) {
      assertThat(content.body().readAllBytes()).asString(UTF_8).isEqualTo("for hosts");
    }
  }

  @Test
  void closingTwiceDoesNothing() throws Exception {
    ObjectStore other = another();
    other.close();
    assertThatCode(other::close).doesNotThrowAnyException();
    assertThat(store.find(name("still-open"))).isEmpty();
  }
}
