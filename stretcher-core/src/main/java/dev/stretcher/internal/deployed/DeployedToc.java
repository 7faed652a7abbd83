package dev.stretcher.internal.deployed;

import dev.stretcher.internal.toc.Toc;
import java.nio.file.Path;

/**
 * What was deployed to a dest last.
 *
 * @param dest its real path
 * @param excludes what the deploy left alone
 * @param host how the deploy set owners and modes
 * @param toc that of the archive
 */
public record DeployedToc(Path dest, DeployedExcludes excludes, Attributes host, Toc toc) {
  /**
   * What becomes of the attributes in an archive.
   *
   * @param owners whether owners are set, and modes exactly; else the umask applies
   * @param umask that of the process, -1 if it is not known
   */
  public record Attributes(boolean owners, int umask) {
    static final int UNKNOWN = -1;
  }
}
