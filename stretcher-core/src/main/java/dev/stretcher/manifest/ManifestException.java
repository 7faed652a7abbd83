package dev.stretcher.manifest;

import java.util.List;
import java.util.stream.Collectors;

/** A text is not a manifest; carries every problem that was found in it. */
public final class ManifestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * Creates the exception.
   *
   * @param problems at least one
   */
  public ManifestException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  /** Returns what is wrong, in the order of the text. */
  public List<Problem> problems() {
    return problems;
  }
}
