package dev.stretcher.cli.print;

import dev.stretcher.release.Release;
import dev.stretcher.release.ReleaseUse;
import java.util.Optional;

/**
 * A release as it is listed. Immutable.
 *
 * @param release the release
 * @param use what it costs and who uses it; empty if that cannot be known
 */
public record ListedRelease(Release release, Optional<ReleaseUse> use) {}
