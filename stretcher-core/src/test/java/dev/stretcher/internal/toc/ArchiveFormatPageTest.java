package dev.stretcher.internal.toc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.manifest.Digest;
import dev.stretcher.option.Options;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The example of the page about the format is an archive. */
class ArchiveFormatPageTest {
  private static final Pattern LINE =
      Pattern.compile("^([0-9a-f]{4})  ((?:[0-9a-f]{2} )*[0-9a-f]{2})(?: .*)?$", Pattern.MULTILINE);
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  private final String page =
      Files.readString(Path.of("../docs/reference/archive-format.md"), StandardCharsets.UTF_8);

  ArchiveFormatPageTest() throws java.io.IOException {}

  @Test
  void itsExampleIsRead() throws Exception {
    byte[] archive = archive();
    Footer footer = Footer.find(ByteBuffer.wrap(archive), archive.length).orElseThrow();
    ByteBuffer toc =
        footer.toc(
            ByteBuffer.wrap(archive, (int) footer.offset(), (int) footer.tailLength()).slice());
    Matcher digest = DIGEST.matcher(page);
    assertThat(digest.find()).isTrue();
    Toc read = TocReader.read(toc, Digest.parse(digest.group()), footer.offset(), Options.DEFAULT);
    byte[] tar = new GZIPInputStream(new ByteArrayInputStream(archive)).readAllBytes();
    Contents contents = new TocArchive.Made(tar, archive, toc, footer.offset()).contents();
    try (TocEntries entries = new TocEntries(read, contents, Options.DEFAULT)) {
      TarEntry entry = entries.next();
      assertThat(entry).isNotNull();
      assertThat(entry.text()).isEqualTo("hello");
      assertThat(TocArchive.content(entry, entries)).asString().isEqualTo("hello\n");
      assertThat(entries.next()).isNull();
    }
  }

  private byte[] archive() {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    for (Matcher line = LINE.matcher(page); line.find(); ) {
      assertThat(Integer.parseInt(line.group(1), 16)).isEqualTo(archive.size());
      archive.writeBytes(HexFormat.ofDelimiter(" ").parseHex(line.group(2)));
    }
    return archive.toByteArray();
  }
}
