package dev.stretcher.cli.doctor;

import dev.stretcher.cli.doctor.Finding.Note;
import dev.stretcher.cli.doctor.Finding.Ok;
import dev.stretcher.cli.doctor.Finding.Problem;
import dev.stretcher.text.ByteSize;
import java.util.ArrayList;
import java.util.List;

/** The Java runtime. */
final class JavaCheck implements Check {
  /** With less, a deploy of a usual archive fails. */
  private static final long SMALLEST_HEAP = 64L << 20;

  private final long heap;

  JavaCheck() {
    this(Runtime.getRuntime().maxMemory());
  }

  JavaCheck(long heap) {
    this.heap = heap;
  }

  @Override
  public String name() {
    return "java";
  }

  @Override
  public List<Finding> look(Host host) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        new Ok(
            "%s, %s, %s"
                .formatted(
                    System.getProperty("java.version"),
                    System.getProperty("java.vendor"),
                    System.getProperty("java.home"))));
    if (heap < SMALLEST_HEAP) {
      findings.add(
          new Problem(
              "the heap may have %s, expected %s or more"
                  .formatted(ByteSize.format(heap), ByteSize.format(SMALLEST_HEAP)),
              "raise -Xmx in JAVA_OPTS, or unset JAVA_OPTS"));
    }
    if (host.variable("JAVA_OPTS").isPresent()) {
      findings.add(new Note("JAVA_OPTS is set, and counts more than what the launcher says"));
    }
    return findings;
  }
}
