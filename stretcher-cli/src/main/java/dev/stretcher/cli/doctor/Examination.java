package dev.stretcher.cli.doctor;

import dev.stretcher.cli.doctor.Finding.Problem;
import dev.stretcher.cli.invocation.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What all checks have found.
 *
 * @param results in the order of the checks
 */
record Examination(List<Result> results) {
  /** All checks, in the order in which they are told. */
  static final List<Check> ALL =
      List.of(
          new JavaCheck(),
          new ClassDataCheck(),
          new ConfigurationCheck(),
          new StateCheck(),
          new SpaceCheck(),
          new StoreCheck(),
          new ClockCheck(),
          new HttpCredentialsCheck(),
          new S3CredentialsCheck(),
          new GcsCredentialsCheck(),
          new ConsulCredentialsCheck(),
          new ToolsCheck());

  /**
   * A finding.
   *
   * @param check the name of its check
   */
  record Result(String check, Finding finding) {}

  /** Has each check look; one that fails is a problem, and the others go on. */
  static Examination of(List<Check> checks, Host host) throws InterruptedException {
    List<Result> results = new ArrayList<>();
    for (Check check : checks) {
      for (Finding finding : found(check, host)) {
        results.add(new Result(check.name(), finding));
      }
    }
    return new Examination(results);
  }

  private static List<Finding> found(Check check, Host host) throws InterruptedException {
    try {
      return check.look(host);
    } catch (IOException e) {
      return failed(check, Reason.of(e), "see what the message names");
    } catch (RuntimeException | LinkageError e) {
      return failed(check, e.toString(), "this is a bug of the check, please report it");
    }
  }

  private static List<Finding> failed(Check check, String reason, String remedy) {
    return List.of(new Problem("cannot look at " + check.name() + ": " + reason, remedy));
  }

  /** Returns how many findings are of a kind. */
  long count(Class<? extends Finding> kind) {
    return results.stream().filter(result -> kind.isInstance(result.finding())).count();
  }

  boolean isHealthy() {
    return count(Problem.class) == 0;
  }
}
