package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.StretcherException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A deploy that waits for its turn when all is ready but the switch. */
class BeforeSwitchTest extends StretcherFixture {
  private final List<String> ran = new ArrayList<>();
  private Path dest;

  @BeforeEach
  void chooseDest() {
    dest = directory.resolve("app");
  }

  private Stretcher library() {
    return stretcher()
        .hookRunner(
            hook -> {
              ran.add(hook.command());
              return 0;
            })
        .build();
  }

  @Test
  void itIsAskedOnceWhenTheArchiveIsVerifiedAndBeforeAnyCommand() throws Exception {
    putApp("commands: {pre: [before], post: [after], success: [good]}");

    library()
        .deploy(
            MANIFEST,
            () -> {
              assertThat(events)
                  .hasAtLeastOneElementOfType(DeployEvent.Verified.class)
                  .last()
                  .isEqualTo(new DeployEvent.WaitingForTurn());
              assertThat(dest).doesNotExist();
              ran.add("turn");
            });

    assertThat(ran).containsExactly("turn", "before", "after", "good");
    assertThat(events)
        .filteredOn(DeployEvent.WaitedForTurn.class::isInstance)
        .singleElement()
        .asInstanceOf(type(DeployEvent.WaitedForTurn.class))
        .satisfies(waited -> assertThat(waited.message()).matches("Waited \\S+ for its turn"));
    assertThat(dest.resolve("hello")).hasContent("hello");
  }

  @Test
  void aManifestOfCommandsAloneWaitsToo() throws Exception {
    memory.put("/app.yml", "commands: {post: [after]}\n");

    library().deploy(MANIFEST, () -> ran.add("turn"));

    assertThat(ran).containsExactly("turn", "after");
  }

  @Test
  void aTurnThatDoesNotComeIsACancelThatLeavesNothing() {
    putApp("commands: {pre: [before], failure: [bad]}");

    assertThatThrownBy(
            () ->
                library()
                    .deploy(
                        MANIFEST,
                        () -> {
                          throw new InterruptedException();
                        }))
        .isInstanceOf(InterruptedException.class);

    assertThat(events).last().isInstanceOf(DeployEvent.Cancelled.class);
    assertThat(ran).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aTurnThatFailsIsADefectThatTheFailureCommandsHear() {
    putApp("commands: {pre: [before], failure: [bad]}");

    assertThatThrownBy(
            () ->
                library()
                    .deploy(
                        MANIFEST,
                        () -> {
                          throw new IllegalStateException("no turns today");
                        }))
        .isInstanceOf(StretcherException.Defect.class)
        .hasMessageContaining("no turns today");

    assertThat(ran).containsExactly("bad");
    assertThat(dest).doesNotExist();
  }

  @Test
  void anotherDeployToDestWaitsMeanwhile() throws Exception {
    putApp("");
    Stretcher other =
        stretcher().options(options().with(Settings.LOCK_TIMEOUT, Duration.ZERO)).build();

    library()
        .deploy(
            MANIFEST,
            () ->
                assertThatThrownBy(() -> other.deploy(MANIFEST))
                    .isInstanceOf(StretcherException.Busy.class));

    assertThat(dest.resolve("hello")).hasContent("hello");
  }
}
