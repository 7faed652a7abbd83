package dev.stretcher.manifest;

import dev.stretcher.text.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** A text is not a manifest; has every problem that was found in it. */
public final class ManifestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Problem> problems;

  /**
   * Creates the exception.
   *
   * @param problems at least one
   * @throws IllegalArgumentException if there is none
   */
  public ManifestException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("an exception needs a problem");
    }
    this.problems = new ArrayList<>(problems);
  }

  /** Returns all problems, on one line. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** Returns the problems, in the order of the text. */
  public List<Problem> problems() {
    return Collections.unmodifiableList(problems);
  }
}
