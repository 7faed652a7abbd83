package dev.stretcher.internal.stage;

import dev.stretcher.internal.decompress.DecompressorException;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.internal.fetch.ArchiveContents;
import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.unpack.ExtractionReport;
import dev.stretcher.internal.unpack.OwnerNotSetException;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.report.JvmMemory;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;
import dev.stretcher.report.StretcherException.BadArchive;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.report.StretcherException.StorageFailed;
import dev.stretcher.report.StretcherException.VerificationFailed;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.RedactedUri;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Explains in an operator's words why an archive could not be unpacked. */
final class ExtractionFailures {
  private final Manifest.Payload payload;
  private final ArchiveContents contents;
  private final Path root;

  ExtractionFailures(Manifest.Payload payload, ArchiveContents contents, Path root) {
    this.payload = payload;
    this.contents = contents;
    this.root = root;
  }

  /** An empty archive would empty dest, and comes from a packing script that failed. */
  void requireEntries(ExtractionReport report) throws BadArchive {
    if (report.entries() == 0) {
      throw new BadArchive(
          null,
          Failure.of("%s has no entries".formatted(RedactedUri.of(src())))
              .withRemedy("build it from a directory, if only an empty one"));
    }
  }

  /** Each directory and each file that was left out takes memory until the end. */
  BadArchive tooMuch(OutOfMemoryError failure) {
    String what = JvmMemory.isOfThreads(failure) ? "" : " for its names";
    return new BadArchive(
        null,
        Failure.of(
                "%s cannot be unpacked: %s is not enough%s"
                    .formatted(RedactedUri.of(src()), JvmMemory.text(failure), what),
                failure)
            .withRemedy(JvmMemory.remedy(failure)));
  }

  StretcherException explained(IOException failure) {
    if (failure instanceof ArchiveContents.ChangedException || contents.hasChanged()) {
      return new VerificationFailed(
          src(),
          Failure.of(
                  "%s was changed while it was deployed".formatted(RedactedUri.of(src())), failure)
              .withRemedy(ArchiveContents.ChangedException.REMEDY));
    }
    if (failure instanceof ArchiveContents.UnavailableException unavailable) {
      return unavailable.reason();
    }
    if (failure instanceof ArchiveException bad) {
      return bad(bad);
    }
    if (failure instanceof OwnerNotSetException) {
      return undone(failure, OwnerNotSetException.REMEDY);
    }
    return failure instanceof DecompressorException ? undone(failure, null) : local(failure);
  }

  private BadArchive bad(ArchiveException failure) {
    return new BadArchive(
        failure.entry().orElse(null),
        Failure.of(
            "%s cannot be unpacked: %s".formatted(RedactedUri.of(src()), failure.getMessage()),
            failure));
  }

  /** The place is as it should be, but this process lacks something. */
  private StorageFailed undone(IOException failure, @Nullable String remedy) {
    String what =
        "%s cannot be unpacked: %s".formatted(RedactedUri.of(src()), failure.getMessage());
    return new StorageFailed(Stage.EXTRACT, root, new Failure(what, remedy, failure));
  }

  private StorageFailed local(IOException failure) {
    return new StorageFailed(
        Stage.EXTRACT,
        root,
        Failure.of(
                "cannot unpack into %s: %s"
                    .formatted(NativeText.text(root), Reason.withFile(failure)),
                failure)
            .withRemedy(StorageRemedy.of(failure)));
  }

  private URI src() {
    return payload.archive().src();
  }
}
