package dev.stretcher.internal.hook;

import dev.stretcher.report.StretcherException;
import java.nio.file.Path;
import java.util.Optional;

/** No commands: of a release that is only prepared, or whose manifest is not known. */
public enum NoHooks implements Hooks {
  /** The only one. */
  INSTANCE;

  @Override
  public boolean hasPre() {
    return false;
  }

  @Override
  public void releasing(String id, Optional<String> previous, Path link) {
    // Nobody is to be told.
  }

  @Override
  public void rolledBackTo(String id) {
    // Nobody is to be told.
  }

  @Override
  public void pre() {
    // There are none.
  }

  @Override
  public void post() {
    // There are none.
  }

  @Override
  public void health() {
    // There are none.
  }

  @Override
  public void success() {
    // There are none.
  }

  @Override
  public void failure(StretcherException cause) {
    // There are none.
  }
}
