package dev.stretcher.sync.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.manifest.Comparison;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.process.Workers;
import dev.stretcher.spi.OmittedFiles;
import dev.stretcher.spi.SyncTarget.KnownContents;
import dev.stretcher.sync.internal.apply.Execution;
import dev.stretcher.sync.internal.directory.FileState;
import dev.stretcher.sync.internal.directory.Privilege;
import dev.stretcher.sync.internal.filter.FilterRules;
import dev.stretcher.sync.internal.plan.Comparer;
import dev.stretcher.sync.internal.plan.PlanText;
import dev.stretcher.sync.internal.plan.Planner;
import dev.stretcher.sync.internal.plan.TreeContext;
import dev.stretcher.sync.internal.plan.TreePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of changes in dest between the plan and its execution. */
class RaceTest {
  private static final Instant THEN = Instant.parse("2014-11-17T11:22:33.123456789Z");

  @TempDir private Path directory;
  private Path staged;
  private Path dest;
  private Path outside;
  private TreeContext context;

  @BeforeEach
  void createTrees() throws IOException {
    staged = Files.createDirectories(directory.resolve("staging/root"));
    dest = Files.createDirectory(directory.resolve("dest"));
    outside = Files.createDirectory(directory.resolve("outside"));
    write(outside.resolve("precious"), "precious");
    Privilege privilege = Privilege.ofThisProcess();
    context =
        new TreeContext(
            PinnedPlace.look(staged),
            OmittedFiles.NONE,
            PinnedPlace.look(dest),
            FilterRules.of(new byte[0], SyncRules.excluding(List.of("*.pid")).excludes()),
            new Comparer(Comparison.QUICK, privilege, KnownContents.NONE),
            privilege,
            new Workers("test", 2));
  }

  @Test
  void writesNothingThroughALinkThatTookThePlaceOfADirectory() throws Exception {
    write(staged.resolve("sub/new"), "new");
    Files.createDirectories(dest.resolve("sub"));
    TreePlan plan = new Planner(context, true, false).plan();
    swapForLink(dest.resolve("sub"));

    List<Execution.Step> told = new ArrayList<>();
    assertThatThrownBy(() -> new Execution(context).run(plan, told::add))
        .hasMessageContaining("sub")
        .hasMessageContaining("it can no longer be entered as the directory that it was");
    assertThat(told).as("what was not done").isEmpty();
    assertThat(outside.resolve("new")).doesNotExist();
  }

  @Test
  void deletesNothingThroughALinkThatTookThePlaceOfADirectory() throws Exception {
    Files.createDirectories(staged.resolve("sub"));
    write(dest.resolve("sub/precious"), "not the precious one");
    write(dest.resolve("gone/precious"), "nor this one");
    TreePlan plan = new Planner(context, true, false).plan();
    swapForLink(dest.resolve("gone"));

    List<Execution.Step> told = new ArrayList<>();
    List<Path> changed = new Execution(context).run(plan, told::add);
    assertThat(told).containsExactly(Execution.Step.values());
    assertThat(changed).containsExactly(Path.of("gone"));
    new Execution(context).run(new Planner(context, true, false).plan(changed), step -> {});
    assertThat(outside.resolve("precious")).hasContent("precious");
    assertThat(Files.exists(dest.resolve("gone"), LinkOption.NOFOLLOW_LINKS)).isFalse();

    swapForLink(dest.resolve("sub"));
    assertThatThrownBy(() -> new Execution(context).run(plan, step -> {}))
        .isInstanceOf(IOException.class);
    assertThat(outside.resolve("precious")).hasContent("precious");
  }

  @Test
  void changesNoAttributesThroughALink() throws Exception {
    write(staged.resolve("f"), "f");
    write(dest.resolve("f"), "f");
    Files.setAttribute(staged.resolve("f"), "unix:mode", 0600);
    Files.createDirectory(staged.resolve("d"));
    Files.setAttribute(staged.resolve("d"), "unix:mode", 02700);
    Files.createDirectory(dest.resolve("d"));
    Files.setAttribute(outside, "unix:mode", 0755);
    TreePlan plan = new Planner(context, true, false).plan();
    assertThat(plan.adjusts()).hasSizeGreaterThanOrEqualTo(2);
    Files.delete(dest.resolve("f"));
    Files.createSymbolicLink(dest.resolve("f"), outside.resolve("precious"));
    swapForLink(dest.resolve("d"));

    Execution execution = new Execution(context);
    execution.run(plan, step -> {});
    assertThatThrownBy(execution::finish).hasMessageContaining("d");

    assertThat(FileState.read(outside).mode()).isEqualTo(0755);
    assertThat(FileState.read(outside.resolve("precious")).mode()).isNotEqualTo(0600);
  }

  @Test
  void decidesAgainAboutWhatChangedSinceThePlan() throws Exception {
    write(staged.resolve("replaced"), "new");
    write(staged.resolve("became-right"), "right");
    write(staged.resolve("became-a-directory"), "file");
    write(staged.resolve("appeared"), "new");
    write(staged.resolve("dir/appeared"), "new");
    for (String name : List.of("replaced", "became-right", "became-a-directory", "gone")) {
      Files.writeString(dest.resolve(name), "much older");
    }
    TreePlan plan = new Planner(context, true, false).plan();
    Files.writeString(dest.resolve("replaced"), "changed by someone");
    write(dest.resolve("became-right"), "right");
    Files.delete(dest.resolve("became-a-directory"));
    write(dest.resolve("became-a-directory/x"), "x");
    Files.writeString(dest.resolve("appeared"), "by someone");
    write(dest.resolve("dir/someone's"), "x");
    write(dest.resolve("dir/kept.pid"), "x");
    Files.writeString(dest.resolve("gone"), "changed");
    FileTime wanted = Files.getLastModifiedTime(staged.resolve("dir"));
    Files.setLastModifiedTime(dest.resolve("dir"), wanted);

    List<Path> changed = new Execution(context).run(plan, step -> {});
    assertThat(changed)
        .extracting(Path::toString)
        .containsExactly(
            "appeared", "became-a-directory", "became-right", "dir", "gone", "replaced");
    TreePlan again = new Planner(context, true, false).plan(changed);
    assertThat(PlanText.operations(again))
        .containsExactly(
            "replace appeared",
            "replace became-a-directory",
            "create dir/appeared",
            "replace replaced",
            "delete gone",
            "delete dir/someone's",
            "delete became-a-directory/x",
            "delete became-a-directory/");
    assertThat(new Execution(context).run(again, step -> {})).isEmpty();

    assertThat(dest.resolve("replaced")).hasContent("new");
    assertThat(dest.resolve("became-a-directory")).hasContent("file");
    assertThat(dest.resolve("appeared")).hasContent("new");
    assertThat(dest.resolve("dir/appeared")).hasContent("new");
    assertThat(dest.resolve("dir/someone's")).doesNotExist();
    assertThat(dest.resolve("dir/kept.pid")).exists();
    assertThat(dest.resolve("gone")).doesNotExist();
  }

  private void swapForLink(Path path) throws IOException {
    Files.move(path, directory.resolve("moved-" + path.getFileName()));
    Files.createSymbolicLink(path, outside);
  }

  private static void write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.from(THEN));
  }
}
