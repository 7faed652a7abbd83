package dev.stretcher.internal.unpack;

import dev.stretcher.internal.engine.Reason;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.text.NativeText;
import java.io.IOException;

/**
 * Says that a file cannot be given to the owner that the archive names, although this process is
 * root: it lacks a capability, or its user namespace lacks that owner. The message names both.
 */
public final class OwnerNotSetException extends IOException {
  /** What can be done about it. */
  public static final String REMEDY =
      "root may lack the capability CAP_CHOWN here (docker: --cap-add=CHOWN), or its user namespace"
          + " may not have that number; give it either, or build the archive with tar --owner=0"
          + " --group=0, or deploy as another user than root, who owns what it unpacks";

  private static final long serialVersionUID = 1L;

  OwnerNotSetException(TarEntry entry, String what, OwnerId owner, IOException cause) {
    super(
        "archive entry '%s': its %s cannot be set to %s: %s"
            .formatted(NativeText.text(entry.path()), what, owner.shown(), Reason.of(cause)),
        cause);
  }
}
