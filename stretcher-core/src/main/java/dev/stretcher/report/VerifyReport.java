package dev.stretcher.report;

import dev.stretcher.manifest.Digest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a dest differs from what was deployed there last.
 *
 * @param dest its real path
 * @param toc the SHA-256 of the table of contents of the archive that was deployed; empty if dest
 *     was compared with the list that a syncer keeps of each release
 * @param full whether contents were read, or only sizes and times
 * @param names how many names of the archive were compared
 * @param differences all that differs, sorted by path; empty if nothing does
 */
public record VerifyReport(
    Path dest, Optional<Digest> toc, boolean full, long names, List<Difference> differences) {
  /** Copies the list. */
  public VerifyReport {
    differences = List.copyOf(differences);
  }

  /** Tells whether dest is as it was deployed. */
  public boolean ok() {
    return differences.isEmpty();
  }
}
