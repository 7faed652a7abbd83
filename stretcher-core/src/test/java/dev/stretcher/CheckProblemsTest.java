package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.policy.Policy;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException.BadManifest;
import dev.stretcher.text.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A check finds everything at once: no problem hides behind another one. */
class CheckProblemsTest extends StretcherFixture {
  private Policy policy = Policy.OPEN;

  @Override
  Stretcher.Builder stretcher() {
    return super.stretcher().policy(policy);
  }

  @Test
  void whatIsWrongInTheTextDoesNotHideWhatIsWrongWithTheRest() throws Exception {
    policy =
        new Policy(List.of(), List.of(), List.of(Path.of("/srv")), Optional.empty(), List.of());
    memory.put(
        "/app.yml",
        """
        src: nowhere:/app.tar
        checksum: abc
        dest: %s/missing/app
        dest_mode: rwx
        sync_strategy: cp
        max_delete: -1
        """
            .formatted(directory));

    assertThat(problems())
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("line 2, column 11: checksum 'abc'"),
            problem -> assertThat(problem).startsWith("line 4, column 12: dest_mode must be"),
            problem -> assertThat(problem).startsWith("line 6, column 13: max_delete must be"),
            problem -> assertThat(problem).contains("allow_dest does not allow"),
            problem -> assertThat(problem).startsWith("src: no source for nowhere:/app.tar"),
            problem -> assertThat(problem).startsWith("there is no sync_strategy 'cp'; use one of"),
            problem -> assertThat(problem).startsWith("the parent of dest"));
  }

  @Test
  void whatIsWrongIsToldOnlyOnce() throws Exception {
    memory.put("/app.yml", "src: nowhere\ndest: app\nchecksum: abc\nsync_strategy: [cp]\n");

    assertThat(problems())
        .extracting(problem -> problem.replaceFirst(",.*", ""))
        .containsExactly("line 1", "line 2", "line 3", "line 4");
  }

  @Test
  void anUnknownKeyIsToldBesideAnErrorWithTheKeyThatWasMeant() throws Exception {
    memory.put("/app.yml", "src: mem:/app.tar\nchecksum: %032x\ndst: /srv/app\n".formatted(0));
    String meant = "line 3, column 1: unknown key 'dst'; did you mean dest?";

    CheckReport report = stretcher().build().check(MANIFEST);

    assertThat(report.problems()).singleElement().asString().contains("dest is required with src");
    assertThat(report.warnings()).extracting(Problem::toString).containsExactly(meant);
    assertThatThrownBy(() -> stretcher().build().deploy(MANIFEST))
        .isInstanceOfSatisfying(
            BadManifest.class, e -> assertThat(e.warnings()).isEqualTo(report.warnings()));
    assertThat(events)
        .extracting(DeployEvent::message)
        .containsSubsequence("Warning: manifest " + meant)
        .last()
        .asString()
        .startsWith("Load manifest failed: ");
  }

  @Test
  void whatAPreCommandMayMendIsAWarningThatSaysSo() throws Exception {
    memory.put(
        "/app.yml",
        """
        src: mem:/app.tar
        checksum: %032x
        dest: %s/missing/app
        description: shop 1.4
        commands: {pre: [mkdir -p x]}
        """
            .formatted(0, directory));

    CheckReport report = stretcher().build().check(MANIFEST);

    assertThat(report.problems()).isEmpty();
    assertThat(report.warnings())
        .singleElement()
        .asString()
        .endsWith("missing/app is not a directory, unless a pre command mends that");
    assertThat(report.steps()).anyMatch(step -> step.endsWith("\ndescription: shop 1.4"));
  }

  private List<String> problems() throws InterruptedException {
    CheckReport report = stretcher().build().check(MANIFEST);
    return report.problems().stream().map(Problem::toString).toList();
  }
}
