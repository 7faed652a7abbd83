package dev.stretcher.internal.unpack;

import dev.stretcher.internal.omit.Omissions;
import dev.stretcher.manifest.FileMode;
import java.util.Optional;

/**
 * What an extraction did.
 *
 * @param entries how many entries the archive has
 * @param bytes the bytes of all contents, holes included
 * @param rootMode the mode that the root got, if the archive has an entry for it
 * @param omissions the files whose contents were left out
 * @param unknownOwners the names of owners that stand in the archive and are not known here
 */
public record ExtractionReport(
    long entries,
    long bytes,
    Optional<FileMode> rootMode,
    Omissions omissions,
    UnknownOwners unknownOwners) {}
