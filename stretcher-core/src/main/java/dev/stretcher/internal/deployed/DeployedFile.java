package dev.stretcher.internal.deployed;

import dev.stretcher.internal.toc.Toc;
import dev.stretcher.internal.toc.TocReader;
import dev.stretcher.manifest.Digest;
import dev.stretcher.option.Options;
import dev.stretcher.text.NativeText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The form of a file with what was deployed: a magic and the length of a description, the
 * description, its SHA-256, and the table of contents, whose digest is in the description.
 */
final class DeployedFile {
  /** The last byte is the version. */
  private static final byte[] MAGIC = "STRDTOC\1".getBytes(StandardCharsets.ISO_8859_1);

  private static final int DIGEST = 32;
  private static final int LONGEST_DESCRIPTION = 64 << 20;

  /** The bytes before the description. */
  static final int BEGIN = MAGIC.length + 4;

  private DeployedFile() {}

  /** Returns all that comes before the table of contents. */
  static ByteBuffer head(DeployedToc deployed) {
    byte[] description = description(deployed);
    return ByteBuffer.allocate(BEGIN + description.length + DIGEST)
        .put(MAGIC)
        .putInt(description.length)
        .put(description)
        .put(DigestUtils.sha256(description))
        .flip();
  }

  private static byte[] description(DeployedToc deployed) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    try {
      write(NativeText.bytes(deployed.dest()), out);
      write(text(deployed.excludes().strategy()), out);
      out.writeInt(deployed.excludes().patterns().size());
      for (String pattern : deployed.excludes().patterns()) {
        write(text(pattern), out);
      }
      write(deployed.excludes().file().getBytes(StandardCharsets.ISO_8859_1), out);
      out.writeBoolean(deployed.host().owners());
      out.writeInt(deployed.host().umask());
      out.writeLong(deployed.toc().dataLength());
      write(text(deployed.toc().digest().toString()), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void write(byte[] bytes, DataOutputStream out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Returns how long the description is that follows the beginning of a file. */
  static int descriptionLength(ByteBuffer begin) throws IOException {
    byte[] magic = new byte[MAGIC.length];
    begin.get(magic);
    int length = begin.getInt();
    if (!Arrays.equals(magic, MAGIC) || length < 0 || length > LONGEST_DESCRIPTION) {
      throw new IOException("it is of another version, or damaged");
    }
    return length;
  }

  /** Returns the dest that a description is about, without looking whether it is damaged. */
  static Path dest(byte[] description) throws IOException {
    return NativeText.path(bytes(new DataInputStream(new ByteArrayInputStream(description))));
  }

  /**
   * Reads a file.
   *
   * @param file all of it; kept
   */
  static DeployedToc read(ByteBuffer file, Options limits) throws IOException {
    if (file.remaining() < BEGIN) {
      throw new IOException("it is cut");
    }
    int length = descriptionLength(file);
    if (file.remaining() < length + DIGEST) {
      throw new IOException("it is cut");
    }
    byte[] description = new byte[length];
    byte[] digest = new byte[DIGEST];
    file.get(description).get(digest);
    if (!Arrays.equals(DigestUtils.sha256(description), digest)) {
      throw new IOException("it is damaged");
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(description));
    Path dest = NativeText.path(bytes(in));
    DeployedExcludes excludes =
        new DeployedExcludes(
            text(in), patterns(in), new String(bytes(in), StandardCharsets.ISO_8859_1));
    DeployedToc.Attributes host = new DeployedToc.Attributes(in.readBoolean(), in.readInt());
    long offset = in.readLong();
    Toc toc = TocReader.read(file.slice(), Digest.parse(text(in)), offset, limits);
    return new DeployedToc(dest, excludes, host, toc);
  }

  private static List<String> patterns(DataInputStream in) throws IOException {
    List<String> patterns = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      patterns.add(text(in));
    }
    return patterns;
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(bytes(in), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("it is damaged");
    }
    return in.readNBytes(length);
  }
}
