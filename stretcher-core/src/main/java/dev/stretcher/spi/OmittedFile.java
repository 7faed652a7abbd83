package dev.stretcher.spi;

import dev.stretcher.manifest.FileMode;
import java.nio.file.Path;
import java.time.Instant;

/**
 * A regular file of an archive whose content was not staged, with the attributes that it would
 * have.
 *
 * @param name its name in its directory
 * @param mode its permission bits
 * @param size the bytes of its content
 * @param modified when its content was modified, to the nanosecond if the archive says so
 * @param uid its owner
 * @param gid its group
 */
public record OmittedFile(
    Path name, FileMode mode, long size, Instant modified, int uid, int gid) {}
