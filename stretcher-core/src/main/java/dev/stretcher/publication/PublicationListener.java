package dev.stretcher.publication;

import dev.stretcher.pack.PackListener;
import dev.stretcher.publish.UploadListener;

/** Hears how far a publication is. */
public interface PublicationListener extends PackListener, UploadListener {
  /** Hears nothing. */
  PublicationListener SILENT = (entries, bytes) -> {};
}
