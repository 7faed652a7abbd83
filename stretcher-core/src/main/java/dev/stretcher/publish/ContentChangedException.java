package dev.stretcher.publish;

import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/** What was to be written is not as long as was said, since somebody changes it. */
public final class ContentChangedException extends FileSystemException {
  private static final long serialVersionUID = 1L;

  /** No failure has that many causes, unless they form a circle. */
  private static final int CAUSES = 100;

  /**
   * Creates the exception.
   *
   * @param file what was read
   * @param reason what was found, what was expected and the remedy
   */
  public ContentChangedException(String file, String reason) {
    super(file, null, reason);
  }

  /**
   * Returns if a failure does not come from such a change; libraries wrap what reading a content
   * throws.
   *
   * @throws ContentChangedException that of the causes of {@code failure}
   */
  public static void rethrow(Throwable failure) throws ContentChangedException {
    @Nullable Throwable cause = failure;
    for (int i = 0; cause != null && i < CAUSES; i++) {
      if (cause instanceof ContentChangedException changed) {
        throw changed;
      }
      cause = cause.getCause();
    }
  }
}
