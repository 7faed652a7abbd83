package dev.stretcher.cli.doctor;

import dev.stretcher.cli.doctor.Finding.Note;
import dev.stretcher.cli.doctor.Finding.Ok;
import dev.stretcher.cli.doctor.Finding.Problem;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.Printable;
import dev.stretcher.trust.TrustedPath;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The class-data archive that makes a start fast; the launcher says where it is. */
final class ClassDataCheck implements Check {
  private static final String REMEDY =
      "stretcher prepare says why and tries again; or set STRETCHER_CACHE_DIR to a directory of"
          + " your own";

  private final UnaryOperator<@Nullable String> property;

  ClassDataCheck() {
    this(System::getProperty);
  }

  ClassDataCheck(UnaryOperator<@Nullable String> property) {
    this.property = property;
  }

  @Override
  public String name() {
    return "class data";
  }

  @Override
  public List<Finding> look(Host host) throws IOException {
    Optional<String> cache = said("stretcher.cache");
    Optional<String> archive = said("stretcher.archive").filter(name -> !name.isEmpty());
    if (cache.isEmpty()) {
      return List.of(new Note("not started by the launcher, so without a class-data archive"));
    }
    if (archive.isPresent()) {
      return List.of(new Ok("in use, " + archive.get()));
    }
    if (cache.get().isEmpty()) {
      return List.of(
          new Note("STRETCHER_CACHE_DIR is empty: each start takes about twice as long"));
    }
    return List.of(missing(NativeText.path(cache.get())));
  }

  private Optional<String> said(String name) {
    return Optional.ofNullable(property.apply(name));
  }

  private static Finding missing(Path cache) throws IOException {
    String shown = Printable.of(cache);
    try {
      TrustedPath.require(cache);
    } catch (FileSystemException e) {
      return new Problem("%s is not used: %s".formatted(shown, e.getReason()), REMEDY);
    }
    Path there = Host.existing(cache);
    if (!Files.isWritable(there)) {
      return new Problem(
          "no archive can be made in %s: %s may not be written to"
              .formatted(shown, Printable.of(there)),
          REMEDY);
    }
    Optional<Path> log = log(cache);
    return log.isPresent()
        ? new Problem("the archive was not made, see " + Printable.of(log.get()), REMEDY)
        : new Note(
            "none is there yet in %s; it is made in the background, or by stretcher prepare"
                .formatted(shown));
  }

  /** Returns what was said when an archive was not made; while one is made, it is still empty. */
  private static Optional<Path> log(Path cache) throws IOException {
    if (Files.isDirectory(cache)) {
      try (DirectoryStream<Path> logs = Files.newDirectoryStream(cache, "stretcher-[0-9]*.log")) {
        for (Path log : logs) {
          if (Files.size(log) > 0) {
            return Optional.of(log);
          }
        }
      }
    }
    return Optional.empty();
  }
}
