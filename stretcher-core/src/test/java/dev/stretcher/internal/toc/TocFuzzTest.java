package dev.stretcher.internal.toc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Whatever a table of contents says, it is read or refused, and what is read fits together. The
 * bytes are taken as a body, whose frame is made right, or hardly anything would be looked at.
 */
class TocFuzzTest {
  private static final Options LIMITS = Options.DEFAULT.with(Settings.MAX_ENTRIES, 1000);

  @FuzzTest(maxDuration = "3m")
  void aTableOfContentsIsReadOrRefused(byte[] bytes) throws IOException, InterruptedException {
    requireReadOrRefused(bytes);
  }

  static void requireReadOrRefused(byte[] bytes) throws IOException, InterruptedException {
    read(ByteBuffer.wrap(bytes));
    int blocks = Math.min(bytes.length, 20) * 512;
    read(new TocBytes().bytes(Arrays.copyOf(bytes, bytes.length + blocks)).make());
    read(new TocBytes().bytes(bytes).make());
  }

  private static void read(ByteBuffer bytes) throws IOException, InterruptedException {
    try {
      Toc toc = TocReader.read(bytes, TocReader.digest(bytes), offset(bytes), LIMITS);
      Members members = toc.members();
      try (TocEntries entries = new TocEntries(toc, Contents.NONE, LIMITS)) {
        for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
          assertThat(entry.path()).isRelative();
          long end = entries.contentPosition() + entries.contentLength();
          assertThat(end).isLessThanOrEqualTo(toc.tarLength());
          if (entries.contentLength() > 0) {
            assertThat(members.at(end - 1)).isBetween(0, members.count() - 1);
          }
        }
      }
    } catch (TocException | ArchiveException e) {
      assertThat(e.getMessage()).doesNotContain("\n");
    }
  }

  /** Returns what the members add up to, so that this is not what is refused. */
  private static long offset(ByteBuffer bytes) {
    if (bytes.limit() < Toc.HEADER) {
      return 0;
    }
    try (BodyInput body = new BodyInput(bytes.duplicate().position(Toc.HEADER))) {
      Members members = Members.read(body, 1000);
      return members.offset(members.count());
    } catch (TocException e) {
      return 0;
    }
  }

  @FuzzTest(maxDuration = "3m")
  void aFooterIsFoundOrRefused(byte[] bytes) {
    try {
      Footer.find(ByteBuffer.wrap(bytes), bytes.length)
          .ifPresent(
              footer -> assertThat(footer.offset() + footer.tailLength()).isEqualTo(bytes.length));
    } catch (TocException e) {
      assertThat(e.getMessage()).doesNotContain("\n");
    }
  }
}
