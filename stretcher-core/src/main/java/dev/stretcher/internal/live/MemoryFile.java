package dev.stretcher.internal.live;

import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.MalformedValueException;
import dev.stretcher.process.Interrupts;
import dev.stretcher.text.NativeText;
import dev.stretcher.trust.PrivateFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The file {@code fleet/APP.json} of a state directory. The time of the file is when the store
 * confirmed last what is desired. A directory that is full or cannot be written is a warning, said
 * once until it can be.
 */
public final class MemoryFile {
  private static final long LARGEST = 1 << 20;

  private final Path file;
  private final Consumer<String> warnings;
  private boolean isBroken;
  private Memory onDisk = Memory.NOTHING;

  /**
   * Names a file, which need not exist.
   *
   * @param warnings takes what an operator should know
   */
  public MemoryFile(Path file, Consumer<String> warnings) {
    this.file = file;
    this.warnings = warnings;
  }

  /** Returns the directory of these files. */
  public static Path directory(Path state) {
    return state.resolve("fleet");
  }

  /** Returns the file of an app in a state directory. */
  public static MemoryFile of(Path state, AppName app, Consumer<String> warnings) {
    return new MemoryFile(directory(state).resolve(app + ".json"), warnings);
  }

  /** Returns what is remembered; nothing, with a warning, if that cannot be read. */
  public synchronized Memory read() {
    try {
      PrivateFile.require(file);
      if (Files.size(file) > LARGEST) {
        throw new MalformedValueException("it is too large");
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      onDisk = Memory.parse(text);
      return onDisk;
    } catch (NoSuchFileException e) {
      return Memory.NOTHING;
    } catch (IOException e) {
      warn("cannot be read: " + Reasons.of(e));
    } catch (MalformedValueException e) {
      warn("is damaged: " + e.getMessage());
    }
    return Memory.NOTHING;
  }

  private void warn(String what) {
    warnings.accept(
        "%s %s; the store and the ledger say what it said".formatted(NativeText.text(file), what));
  }

  /** Remembers something, if the disk takes it. */
  public synchronized void write(Memory memory, Instant confirmed) {
    if (memory.equals(onDisk) && (confirm(confirmed) || memory.equals(Memory.NOTHING))) {
      return;
    }
    byte[] text = memory.json().getBytes(StandardCharsets.UTF_8);
    try {
      // An interrupt, which cancels a deploy, must not cut this off.
      Interrupts.shielded(
          () -> {
            PrivateFile.replace(file, ByteBuffer.wrap(text));
            return Files.setLastModifiedTime(file, FileTime.from(confirmed));
          });
      isBroken = false;
      onDisk = memory;
    } catch (IOException e) {
      if (!isBroken) {
        warnings.accept(
            "what is desired cannot be remembered in %s: %s; without the store, it is not known at the next start"
                .formatted(NativeText.text(file), Reasons.of(e)));
      }
      isBroken = true;
    }
  }

  /** Returns false if the file was removed. */
  private boolean confirm(Instant now) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(now));
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      // A write that failed has told it.
      return true;
    }
  }

  /** Returns when the store has confirmed last what is desired. */
  public Optional<Instant> confirmed() {
    try {
      return Optional.of(Files.getLastModifiedTime(file).toInstant());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
