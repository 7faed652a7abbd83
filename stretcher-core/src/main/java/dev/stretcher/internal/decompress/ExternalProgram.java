package dev.stretcher.internal.decompress;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Programs that decompress from STDIN to STDOUT, the better ones of a compression first. */
enum ExternalProgram {
  IGZIP(Compression.GZIP, true, 0, "-dc"),
  PIGZ(Compression.GZIP, false, 0, "-dc"),
  UNPIGZ(Compression.GZIP, false, 0, "-c"),
  // 2 is a warning, such as that there is something behind the last member.
  GZIP(Compression.GZIP, false, 2, "-dc"),
  ZSTD(Compression.ZSTD, false, 0, "-dcq --memory=LIMIT"),
  XZ(Compression.XZ, true, 0, "-dcq -T0 --memlimit-decompress=LIMIT"),
  PIXZ(Compression.XZ, false, 0, "-d");

  private static final String LIMIT = "LIMIT";

  private final Compression compression;
  private final boolean pays;
  private final int warning;
  private final String arguments;

  /**
   * Describes a program.
   *
   * @param pays whether it is faster than what we have ourselves
   * @param warning an exit status that is a success, as 0 is
   * @param arguments separated by blanks, with {@code LIMIT} for a limit of memory in bytes
   */
  ExternalProgram(Compression compression, boolean pays, int warning, String arguments) {
    this.compression = compression;
    this.pays = pays;
    this.warning = warning;
    this.arguments = arguments;
  }

  String program() {
    return name().toLowerCase(Locale.ROOT);
  }

  Compression compression() {
    return compression;
  }

  boolean reads(Compression other) {
    return compression == other;
  }

  /** Tells whether it is faster than what we have ourselves. */
  boolean pays() {
    return pays;
  }

  /** Tells whether it can be told how much memory it may take. */
  boolean keepsLimit() {
    return arguments.contains(LIMIT);
  }

  boolean isGood(int status) {
    return status == 0 || status == warning;
  }

  /**
   * Returns the command.
   *
   * @param memory how many bytes of it the program may take, if it heeds that
   */
  List<String> command(String file, long memory) {
    // zstd limits the window alone.
    long limit = this == ZSTD ? 1L << MemoryNeed.windowLog(memory) : memory;
    List<String> command = new ArrayList<>(List.of(file));
    command.addAll(List.of(arguments.replace(LIMIT, Long.toString(limit)).split(" ")));
    return command;
  }
}
