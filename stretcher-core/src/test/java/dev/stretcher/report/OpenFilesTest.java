package dev.stretcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.report.StretcherException.Defect;
import dev.stretcher.report.StretcherException.Failure;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class OpenFilesTest {
  private static final IOException TOO_MANY =
      new FileSystemException("/srv/app/a", null, "Too many open files");

  @Test
  void theLimitIsTheRemedyWhereverFilesWereTooFew() {
    for (Throwable cause : new Throwable[] {TOO_MANY, new IOException("cannot read", TOO_MANY)}) {
      Failure failure = Failure.of("cannot unpack", cause).withRemedy("check the free space");

      assertThat(failure.message())
          .contains("cannot unpack; this process may have too few files open, ")
          .contains("ulimit -n 1024", "LimitNOFILE")
          .doesNotContain("free space");
    }
  }

  @Test
  void itIsNoDefect() {
    assertThat(new Defect(new IllegalStateException(TOO_MANY)).getMessage())
        .contains("ulimit -n 1024")
        .doesNotContain("bug");
  }

  @Test
  void otherFailuresKeepTheirRemedies() {
    IOException other = new FileSystemException("/srv/app/a", null, "No space left on device");
    IOException circle = new IOException("a", other);
    other.initCause(circle);

    assertThat(Failure.of("cannot unpack", circle).withRemedy("check the free space").message())
        .isEqualTo("cannot unpack; check the free space");
    assertThat(new Defect(new NoClassDefFoundError("a/b/C")).getMessage()).contains("bug");
  }
}
