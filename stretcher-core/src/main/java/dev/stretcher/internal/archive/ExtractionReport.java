package dev.stretcher.internal.archive;

import dev.stretcher.manifest.FileMode;
import java.util.Optional;

/**
 * What an extraction did.
 *
 * @param entries how many entries the archive has
 * @param bytes the bytes of all contents, holes included
 * @param rootMode the mode that the root got, if the archive has an entry for it
 */
public record ExtractionReport(long entries, long bytes, Optional<FileMode> rootMode) {}
