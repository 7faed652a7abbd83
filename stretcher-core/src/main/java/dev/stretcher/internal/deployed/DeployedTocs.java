package dev.stretcher.internal.deployed;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.toc.Footer;
import dev.stretcher.internal.toc.Toc;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.option.Options;
import dev.stretcher.process.Diagnostics;
import dev.stretcher.process.Interrupts;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.Secrets;
import dev.stretcher.text.NativeText;
import dev.stretcher.trust.PrivateFile;
import dev.stretcher.trust.TrustedPath;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The tables of contents that were deployed last, one for each dest, in a directory {@code tocs} of
 * the state directory: files that are named by a digest of the dest's real path. A file is there
 * only while it is true, as far as deploys go: whatever changes dest removes it first. It is used
 * under the lock of its dest.
 *
 * <p>What cannot be read is as good as not there, and what cannot be written is a warning.
 */
public final class DeployedTocs {
  private static final String DIRECTORY = "tocs";

  /** Room for what is around a table of contents, patterns of names mostly. */
  private static final long LONGEST = Footer.LONGEST_TOC + (1 << 20);

  /** What stands for a secret in a path. */
  private static final String MASK = "***";

  private final Optional<Path> directory;
  private final Options limits;
  private final Secrets secrets;
  private final Reporter reporter;

  public DeployedTocs(Engine engine, Reporter reporter) {
    Optional<Ledger> ledger = engine.ledger();
    this.directory =
        ledger.isPresent()
            ? Optional.of(ledger.get().directory().resolve(DIRECTORY))
            : Optional.empty();
    this.limits = engine.options();
    this.secrets = engine.secrets();
    this.reporter = reporter;
  }

  /** Tells whether this host keeps anything at all. */
  public boolean isKept() {
    return directory.isPresent();
  }

  /**
   * Keeps what was deployed, so that it outlasts a power failure.
   *
   * @param deployed of which dest is the real path
   */
  public void keep(DeployedToc deployed) {
    if (directory.isEmpty()) {
      return;
    }
    DeployedToc named =
        new DeployedToc(
            secrets.path(deployed.dest()), deployed.excludes(), deployed.host(), deployed.toc());
    Path file = file(directory.get(), deployed.dest());
    try {
      TrustedPath.require(directory.get());
      Interrupts.shielded(
          () -> {
            PrivateFile.replace(file, DeployedFile.head(named), named.toc().bytes());
            return file;
          });
    } catch (IOException e) {
      warn(
          "what was deployed to %s cannot be kept, so that the next deploy may fetch more, and"
              + " verify cannot tell whether it changed",
          deployed.dest(), e);
    }
  }

  /**
   * Forgets what was deployed to a dest, to those in it and to those that it is in. What is called
   * before the first change of a sync.
   *
   * @param dest its real path
   */
  public void forget(Path dest) {
    if (directory.isEmpty() || !Files.isDirectory(directory.get())) {
      return;
    }
    try {
      Interrupts.shielded(
          () -> {
            forget(directory.get(), dest);
            return dest;
          });
    } catch (IOException e) {
      warn(
          "what is kept of %s is not true any more and cannot be removed; remove the directory "
              + NativeText.text(directory.get()).replace("%", "%%")
              + " before the next deploy",
          dest,
          e);
    }
  }

  private static void forget(Path directory, Path dest) throws IOException {
    List<Path> untrue = new ArrayList<>();
    Path own = file(directory, dest);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        // What else is unfinished, a deploy to another dest writes just now.
        if (file.equals(own)
            || file.equals(PrivateFile.unfinished(own))
            || !PrivateFile.isUnfinished(file) && isRelated(file, dest)) {
          untrue.add(file);
        }
      }
    }
    for (Path file : untrue) {
      Files.deleteIfExists(file);
    }
    if (!untrue.isEmpty()) {
      PrivateFile.flushNames(directory);
    }
  }

  /** What cannot be read, or has a name that is masked, may be about any dest. */
  private static boolean isRelated(Path file, Path dest) {
    try {
      Path other = destOf(file);
      return other.toString().contains(MASK) || other.startsWith(dest) || dest.startsWith(other);
    } catch (IOException | RuntimeException e) {
      return true;
    }
  }

  private static Path destOf(Path file) throws IOException {
    try (FileChannel channel = open(file)) {
      ByteBuffer begin = read(channel, DeployedFile.BEGIN);
      return DeployedFile.dest(read(channel, DeployedFile.descriptionLength(begin)).array());
    }
  }

  private static FileChannel open(Path file) throws IOException {
    PrivateFile.require(file);
    return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  private static ByteBuffer read(FileChannel channel, int length) throws IOException {
    return fill(ByteBuffer.allocate(length), channel);
  }

  private static ByteBuffer fill(ByteBuffer target, FileChannel channel) throws IOException {
    while (target.hasRemaining()) {
      if (channel.read(target) < 0) {
        throw new EOFException("it is cut");
      }
    }
    return target.flip();
  }

  /**
   * Returns what was deployed to a dest last, if it is known.
   *
   * @param dest its real path
   */
  public Optional<DeployedToc> find(Path dest) {
    if (directory.isEmpty()) {
      return Optional.empty();
    }
    Path file = file(directory.get(), dest);
    try {
      DeployedToc found = read(file);
      // Another dest of the same digest is not to be expected, but a file that was copied.
      return found.dest().equals(secrets.path(dest)) ? Optional.of(found) : Optional.empty();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      Diagnostics.debug(DeployedTocs.class, "ignored " + NativeText.text(file), e);
      return Optional.empty();
    }
  }

  private DeployedToc read(Path file) throws IOException {
    try (FileChannel channel = open(file)) {
      long size = channel.size();
      if (size > LONGEST) {
        throw new IOException("it is too long");
      }
      // Not in the heap, which may be small.
      return DeployedFile.read(fill(ByteBuffer.allocateDirect((int) size), channel), limits);
    }
  }

  /**
   * Returns what is known of the files in a dest.
   *
   * @param dest its real path
   * @param toc what was deployed there
   */
  public Optional<KnownFiles> known(Path dest, Toc toc) {
    try {
      return Optional.of(KnownFiles.of(dest, toc, limits));
    } catch (InterruptedException e) {
      // Whoever asks will notice at the next step.
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (IOException e) {
      Diagnostics.debug(DeployedTocs.class, "ignored " + toc.digest(), e);
      return Optional.empty();
    }
  }

  private static Path file(Path directory, Path dest) {
    return directory.resolve(DigestUtils.sha256Hex(NativeText.bytes(dest)));
  }

  private void warn(String what, Path dest, IOException e) {
    reporter.report(
        new DeployEvent.Warning(what.formatted(NativeText.text(dest)) + ": " + Reason.withFile(e)));
  }
}
