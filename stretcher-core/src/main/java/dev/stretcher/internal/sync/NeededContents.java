package dev.stretcher.internal.sync;

import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.Entry;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.spi.Syncer;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Asks a syncer which contents it needs; all are needed if the syncer cannot say. */
final class NeededContents {
  private final Syncer syncer;
  private final Reporter reporter;
  private final AtomicBoolean defectTold = new AtomicBoolean();

  NeededContents(Syncer syncer, Reporter reporter) {
    this.syncer = syncer;
    this.reporter = reporter;
  }

  ContentFilter of(SyncTarget target) {
    try {
      ContentFilter filter = syncer.needed(target);
      return filter == ContentFilter.ALL ? filter : new Asking(filter);
    } catch (IOException e) {
      // The sync is going to fail with a better message.
      return ContentFilter.ALL;
    } catch (RuntimeException e) {
      tell(e);
      return ContentFilter.ALL;
    }
  }

  /** A filter of a syncer, which may have defects. */
  private final class Asking implements ContentFilter {
    private final ContentFilter filter;

    Asking(ContentFilter filter) {
      this.filter = filter;
    }

    @Override
    public boolean needs(Entry entry) {
      try {
        return filter.needs(entry);
      } catch (RuntimeException e) {
        tell(e);
        return true;
      }
    }

    @Override
    public boolean needsDirectory(Entry directory) {
      try {
        return filter.needsDirectory(directory);
      } catch (RuntimeException e) {
        tell(e);
        return true;
      }
    }
  }

  /** Reports the defect for the first entry only: the others are likely to show the same one. */
  private void tell(RuntimeException defect) {
    if (!defectTold.getAndSet(true)) {
      reporter.report(
          new DeployEvent.Warning(
              "sync_strategy %s failed to say which contents it needs, so that all are staged: %s; it is a bug, please report it"
                  .formatted(syncer.name(), defect)));
    }
  }
}
