package dev.stretcher.benchmarks;

import java.util.List;

/** The flags that the packaged launcher, {@code bin/stretcher}, gives the JVM. */
final class JvmFlags {
  /** Without the temporary directory, which does not matter here. A test compares them. */
  static final List<String> OF_THE_LAUNCHER =
      List.of(
          "-Dfile.encoding=UTF-8",
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData",
          "--enable-native-access=ALL-UNNAMED");

  private JvmFlags() {}
}
