package dev.stretcher.pack;

import dev.stretcher.internal.toc.Sha256;
import dev.stretcher.internal.toc.TocWriter;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;

/** Makes an entry of each file of a tree, and notes it in the table of contents. Used once. */
final class EntryPacker implements TreeWalk.Visitor {
  private static final char HARD_LINK = '1';
  private static final char SYMLINK = '2';
  private static final byte[] END = new byte[2 * UstarHeader.BLOCK];

  private final MemberCutter members;
  private final TocWriter toc;
  private final EntryHeaders headers;
  private final Problems problems;
  private final Totals totals;
  private final Holes holes = new Holes();
  private final MessageDigest digest = Sha256.digest();

  /** The first names of files that have several. */
  private final Map<Inode, byte[]> names = new HashMap<>();

  EntryPacker(
      MemberCutter members, TocWriter toc, EntryHeaders headers, Problems problems, Totals totals) {
    this.members = members;
    this.toc = toc;
    this.headers = headers;
    this.problems = problems;
    this.totals = totals;
  }

  /** A file, whatever its name. */
  private record Inode(long device, long number) {}

  /** What is packed so far. */
  static final class Totals {
    long entries;
    long bytes;
  }

  @Override
  public void visit(FoundFile file) throws IOException, InterruptedException {
    if (file.look().isSocket()) {
      problems.add(file.text(), "it is a socket, which no archive can hold");
    } else if (!problems.isAny()) {
      pack(file);
    } else if (file.look().isFile() && !Files.isReadable(file.path())) {
      // Something else cannot be packed, so that nothing is read any more.
      unreadable(file);
    }
  }

  private void unreadable(FoundFile file) {
    problems.add(file.text(), "permission denied");
  }

  private void pack(FoundFile file) throws IOException, InterruptedException {
    totals.entries++;
    byte[] earlier = earlierName(file);
    if (earlier.length > 0) {
      plain(headers.link(file, HARD_LINK, earlier));
    } else if (file.look().type() == SYMLINK) {
      plain(headers.link(file, SYMLINK, target(file)));
    } else if (!file.look().isFile() || file.look().size() == 0) {
      plain(headers.plain(file));
    } else {
      content(file);
    }
  }

  /** Returns the name under which the archive has the file already; empty if it has not. */
  private byte[] earlierName(FoundFile file) {
    Look look = file.look();
    if (look.isDirectory() || look.links() < 2) {
      return new byte[0];
    }
    byte[] earlier = names.putIfAbsent(new Inode(look.device(), look.inode()), file.name());
    return earlier == null ? new byte[0] : FoundFile.entryName(earlier);
  }

  private static byte[] target(FoundFile link) throws IOException {
    byte[] target = NativeText.bytes(Files.readSymbolicLink(link.path()));
    TreeWalk.requireUnchanged(link);
    return target;
  }

  private void plain(byte[] blocks) throws IOException, InterruptedException {
    members.add(blocks);
    toc.headers(blocks, 0, blocks.length);
  }

  private void content(FoundFile file) throws IOException, InterruptedException {
    try (FileContent content = FileContent.open(file, holes, digest)) {
      byte[] blocks =
          content.isSparse() ? headers.sparse(file, content.stored()) : headers.file(file);
      members.add(blocks, content);
      toc.headers(blocks, 0, blocks.length);
      toc.content(content.stored());
      toc.digest(content.finish());
    } catch (AccessDeniedException e) {
      unreadable(file);
      return;
    } catch (NoSuchFileException e) {
      throw TreeWalk.changed(file.text());
    }
    TreeWalk.requireUnchanged(file);
    totals.bytes += file.look().size();
  }

  /** Adds the mark of the end. */
  void finish() throws IOException, InterruptedException {
    plain(END);
    members.finish();
  }
}
