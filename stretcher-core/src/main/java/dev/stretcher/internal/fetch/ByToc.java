package dev.stretcher.internal.fetch;

import dev.stretcher.internal.deployed.FilesByContent;
import dev.stretcher.internal.toc.Toc;
import dev.stretcher.manifest.Digest;
import dev.stretcher.spi.ContentFilter;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How to fetch an archive by its table of contents.
 *
 * @param toc the digest of the table of contents
 * @param needed says which contents dest lacks
 * @param only which of these are fetched, if they are only counted for a plan
 * @param known is told the table of contents before anything is asked
 * @param files finds needed contents in dest under other names
 */
public record ByToc(
    Digest toc,
    ContentFilter needed,
    Optional<ContentFilter> only,
    Consumer<Toc> known,
    FilesByContent files) {
  /** Returns which of the needed contents are fetched at once. */
  ContentFilter fetched() {
    return only.orElse(ContentFilter.ALL);
  }

  /** Tells whether nobody is going to ask for other contents. */
  public boolean isForPlan() {
    return only.isPresent();
  }
}
