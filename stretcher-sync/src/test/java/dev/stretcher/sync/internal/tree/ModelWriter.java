package dev.stretcher.sync.internal.tree;

import dev.stretcher.sync.internal.apply.Attributes;
import dev.stretcher.sync.internal.directory.Kind;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes trees of models. */
final class ModelWriter {
  private final boolean privileged;
  private final Optional<LeftOut> leftOut;

  ModelWriter(boolean privileged) {
    this(privileged, Optional.empty());
  }

  /** Creates one that may take files out again, before their directories get their times. */
  ModelWriter(boolean privileged, Optional<LeftOut> leftOut) {
    this.privileged = privileged;
    this.leftOut = leftOut;
  }

  void write(Model model, Path path) throws IOException, InterruptedException {
    switch (model.kind()) {
      case DIRECTORY -> {
        Files.createDirectory(path);
        for (Map.Entry<String, Model> child : model.children().entrySet()) {
          write(child.getValue(), path.resolve(name(child.getKey())));
        }
      }
      case SYMLINK -> Files.createSymbolicLink(path, name(model.content()));
      case FIFO -> makeFifo(path, model.modified());
      default -> Files.write(path, model.content().getBytes(StandardCharsets.ISO_8859_1));
    }
    decorate(model, path);
    if (model.kind() == Kind.FILE && leftOut.isPresent()) {
      leftOut.get().take(path);
    } else if (model.kind() == Kind.DIRECTORY && leftOut.isPresent()) {
      leftOut.get().takeDirectory(path);
    }
  }

  private void decorate(Model model, Path path) throws IOException {
    if (privileged) {
      Files.setAttribute(path, "unix:uid", model.uid(), LinkOption.NOFOLLOW_LINKS);
      Files.setAttribute(path, "unix:gid", model.gid(), LinkOption.NOFOLLOW_LINKS);
    }
    if (model.kind() != Kind.FIFO) {
      Attributes.setTime(path, model.modified());
    }
    if (model.kind() != Kind.SYMLINK) {
      Files.setAttribute(path, "unix:mode", model.mode());
    }
  }

  /** The JDK can neither make a pipe nor set the time of one without waiting for a writer. */
  private static void makeFifo(Path path, Instant modified)
      throws IOException, InterruptedException {
    run(path, "mkfifo", "--");
    run(path, "touch", "-d", modified.toString(), "--");
  }

  /** The bytes of a name are no argument that Java could give a program. */
  private static void run(Path path, String... command) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("xargs", "-0"));
    arguments.addAll(List.of(command));
    Process process = new ProcessBuilder(arguments).start();
    try (OutputStream names = process.getOutputStream()) {
      names.write(NativeText.bytes(path));
    }
    if (process.waitFor() != 0) {
      throw new IOException(command[0] + " failed on " + path);
    }
  }

  private static Path name(String latin1) {
    return NativeText.path(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }
}
