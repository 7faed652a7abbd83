package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stretcher.internal.dest.DestLock;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.LockFailed;
import dev.stretcher.report.StretcherException.StorageFailed;
import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What fails on this host is not blamed on the source, the archive or the sync. */
class HostFailuresTest extends StretcherFixture {
  /** Says that what it has is longer than any disk. */
  private static final class HugeSource implements Source {
    @Override
    public Set<String> schemes() {
      return Set.of("huge");
    }

    @Override
    public Content open(URI uri, FetchRequest request) {
      return new Content(
          InputStream.nullInputStream(),
          ByteRange.ALL,
          OptionalLong.of(1L << 60),
          Optional.empty(),
          Optional.empty());
    }
  }

  @Test
  void aFullDiskIsNoUnavailableSource() {
    memory.put("/app.yml", "src: huge:/app.tar\nchecksum: %032x\ndest: %s\n".formatted(0, dest()));

    StorageFailed failure = failure(StorageFailed.class, stretcher().source(new HugeSource()));

    assertThat(failure.stage()).isEqualTo(Stage.FETCH);
    assertThat(failure.directory()).exists();
    assertThat(failure.remedy())
        .hasValueSatisfying(text -> assertThat(text).contains("free space"));
  }

  @Test
  void aTemporaryDirectoryThatIsMissingIsNoFailedSync() {
    putApp("");
    Path missing = directory.resolve("missing");

    StorageFailed failure = failure(StorageFailed.class, stretcher().temporaryDirectory(missing));

    assertThat(failure.stage()).isEqualTo(Stage.FETCH);
    assertThat(failure.directory()).isEqualTo(missing);
  }

  @Test
  void aLockThatCannotBeMadeIsNoFailedSync() throws Exception {
    putApp("");
    Files.createDirectory(DestLock.location(dest(), directory));

    LockFailed failure = failure(LockFailed.class, stretcher());

    assertThat(failure.stage()).isEqualTo(Stage.LOCK);
    assertThat(failure.dest()).isEqualTo(dest());
  }

  private Path dest() {
    return directory.resolve("app");
  }

  private static <E extends StretcherException> E failure(
      Class<E> type, Stretcher.Builder builder) {
    return catchThrowableOfType(
        type,
        () -> {
          try (Stretcher stretcher = builder.build()) {
            stretcher.deploy(MANIFEST);
          }
        });
  }
}
