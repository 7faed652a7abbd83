package dev.stretcher.publication;

import java.util.Optional;

/**
 * What a publication would change, as far as it can be told beforehand. Immutable.
 *
 * @param archive the bytes of the archive
 * @param change against what is desired; empty if that cannot be told
 * @param unknown why it cannot be told; empty if it is
 */
public record Forecast(long archive, Optional<Change> change, String unknown) {
  /**
   * The difference between two versions.
   *
   * @param before what the earlier one is called
   * @param added how many names are new; directories do not count here and below
   * @param changed how many names have another content
   * @param removed how many names are gone
   * @param fetch how many bytes a host fetches that has the earlier version
   */
  public record Change(String before, long added, long changed, long removed, long fetch) {}
}
