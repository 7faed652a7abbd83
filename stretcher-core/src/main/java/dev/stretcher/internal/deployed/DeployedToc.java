package dev.stretcher.internal.deployed;

import dev.stretcher.internal.toc.Toc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

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
    private static final Path PROCESS = Path.of("/proc/self");
    private static final int UNKNOWN = -1;

    /** Returns those of this process. */
    public static Attributes ofThisProcess() {
      try {
        boolean root = Integer.valueOf(0).equals(Files.getAttribute(PROCESS, "unix:uid"));
        return new Attributes(root, root ? 0 : umaskOfThisProcess());
      } catch (IOException | NumberFormatException e) {
        return new Attributes(false, UNKNOWN);
      }
    }

    private static int umaskOfThisProcess() throws IOException {
      for (String line : Files.readAllLines(PROCESS.resolve("status"))) {
        if (line.startsWith("Umask:")) {
          return Integer.parseInt(line.substring(6).strip(), 8);
        }
      }
      return UNKNOWN;
    }

    /** Returns the mode that a file gets, empty if it cannot be known. */
    OptionalInt mode(int archived) {
      if (owners) {
        return OptionalInt.of(archived);
      }
      return umask == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(archived & 0777 & ~umask);
    }
  }
}
