package dev.stretcher.benchmarks.measure;

import java.util.List;

/** The flags that the packaged launcher, {@code bin/stretcher}, gives the JVM. */
public final class JvmFlags {
  /** Without the directories of the agent, which differ here. A test compares them. */
  public static final List<String> OF_THE_LAUNCHER =
      List.of(
          "-Dfile.encoding=UTF-8",
          "-XX:+UseSerialGC",
          "-Xmx92m",
          "-Xmn16m",
          "-XX:-UsePerfData",
          "--enable-native-access=ALL-UNNAMED",
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=20000",
          "-XX:Tier4CompileThreshold=100000",
          "-XX:Tier4BackEdgeThreshold=400000");

  private JvmFlags() {}
}
