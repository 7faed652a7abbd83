package dev.stretcher.sync.internal.plan;

import dev.stretcher.sync.internal.plan.Operation.Adjust;
import java.util.AbstractCollection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** All adjusts of a plan. What it gives out is made anew each time, and not kept. */
public final class Adjusts extends AbstractCollection<Adjust> {
  private final List<DirectoryAdjusts> directories;

  /**
   * Creates them.
   *
   * @param directories of which none is empty
   */
  public Adjusts(List<DirectoryAdjusts> directories) {
    this.directories = directories;
  }

  /** Returns them by directory. */
  public List<DirectoryAdjusts> directories() {
    return directories;
  }

  @Override
  public int size() {
    int size = 0;
    for (DirectoryAdjusts each : directories) {
      size += each.size();
    }
    return size;
  }

  @Override
  public Iterator<Adjust> iterator() {
    return new Flat(directories.iterator());
  }

  /** One directory after the other. The iterator of a flattened stream would keep them all. */
  private static final class Flat implements Iterator<Adjust> {
    private final Iterator<DirectoryAdjusts> directories;
    private Iterator<Adjust> current = Collections.emptyIterator();

    Flat(Iterator<DirectoryAdjusts> directories) {
      this.directories = directories;
    }

    @Override
    public boolean hasNext() {
      return current.hasNext() || directories.hasNext();
    }

    @Override
    public Adjust next() {
      if (!current.hasNext()) {
        current = directories.next().iterator();
      }
      return current.next();
    }
  }
}
