package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.HookRunner;
import dev.stretcher.spi.Source;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a broken listener, or a broken plug-in, does to a deploy and to what is heard of it. */
@Timeout(60)
class ListenerDefectTest extends StretcherFixture {
  @Test
  void anExceptionThatCannotSayWhatItIsFailsNothingEither() throws Exception {
    putApp("");
    class Nameless extends RuntimeException {
      @Override
      public String getMessage() {
        throw this;
      }
    }
    DeployListener broken =
        event -> {
          throw new Nameless();
        };

    stretcher().listener(broken).build().deploy(MANIFEST);

    assertThat(events)
        .anyMatch(event -> event.message().endsWith("on Done: " + Nameless.class.getName()));
  }

  @Test
  void aListenerThatAlwaysFailsIsToldOnceForEachKindOfReport() throws Exception {
    putApp("commands: {pre: [talk], post: [talk]}");
    DeployListener broken =
        event -> {
          throw new IllegalStateException("always");
        };

    stretcher().listener(broken).hookRunner(chatty(1, 50)).build().deploy(MANIFEST);

    assertThat(events.stream().map(DeployEvent::message))
        .filteredOn(text -> text.contains(" failed on HookPrinted: "))
        .hasSize(1);
  }

  @Test
  void whatAListenerThrowsIsToldToTheOthersAndFailsNothing() throws Exception {
    putApp("");
    for (Throwable thrown :
        List.of(new IllegalStateException("on purpose"), new StackOverflowError("on purpose"))) {
      events.clear();
      class Broken implements DeployListener {
        @Override
        public void onEvent(DeployEvent event) {
          if (event instanceof DeployEvent.Verified || event instanceof DeployEvent.Warning) {
            sneak(thrown);
          }
        }
      }

      stretcher()
          .listener(new Broken())
          .listener(new Broken())
          .options(options().with(Settings.ADOPT, true))
          .build()
          .deploy(MANIFEST);

      assertThat(events.stream().filter(DeployEvent.Warning.class::isInstance))
          .extracting(DeployEvent::message)
          .hasSize(2)
          .allSatisfy(text -> assertThat(text).contains("Broken failed on Verified: " + thrown));
      assertThat(events).last().isInstanceOf(DeployEvent.Done.class);
      java.nio.file.Files.delete(directory.resolve("app/hello"));
      java.nio.file.Files.delete(directory.resolve("app"));
    }
  }

  @Test
  void aCheckedExceptionOfAListenerInAnotherLanguageFailsNothingEither() throws Exception {
    putApp("");
    DeployListener broken = event -> sneak(new Exception("checked"));

    stretcher().listener(broken).build().deploy(MANIFEST);

    assertThat(events).anyMatch(event -> event.message().endsWith("Exception: checked"));
  }

  /** A source whose class is broken, as by a wrong version of a library. */
  private static Source brokenBy(Throwable thrown) {
    return new Source() {
      @Override
      public Set<String> schemes() {
        return Set.of("broken");
      }

      @Override
      public Content open(URI uri, FetchRequest request) {
        sneak(thrown);
        throw new AssertionError();
      }
    };
  }

  @Test
  void anErrorOfASourceInTheManifestStageIsADefectWithItsEvents() throws Exception {
    Error thrown = new NoClassDefFoundError("some/Library");
    URI manifest = URI.create("broken:/x");

    StretcherException.Defect defect =
        catchThrowableOfType(
            StretcherException.Defect.class,
            () -> stretcher().source(brokenBy(thrown)).build().deploy(manifest));
    CheckReport check = stretcher().source(brokenBy(thrown)).build().check(manifest);

    assertThat(defect).hasCause(thrown);
    assertThat(defect.stage()).isEqualTo(Stage.MANIFEST);
    assertThat(events)
        .last()
        .isInstanceOfSatisfying(
            DeployEvent.NotStarted.class, event -> assertThat(event.cause()).isSameAs(defect));
    assertThat(check.problems()).singleElement().asString().contains("some/Library");
  }

  @Test
  void anErrorOfAnEventSourceIsADefectWithItsEvents() {
    Error thrown = new NoClassDefFoundError("some/Library");
    EventSource broken =
        new EventSource() {
          @Override
          public String name() {
            return "broken";
          }

          @Override
          public Optional<DeployRequest> next() {
            throw thrown;
          }
        };

    StretcherException.Defect defect =
        catchThrowableOfType(
            StretcherException.Defect.class, () -> stretcher().build().deployNext(broken));

    assertThat(defect).hasCause(thrown);
    assertThat(events).last().extracting(DeployEvent::message).asString().startsWith("Could not");
  }

  @Test
  void anErrorOfARunnerAfterTheDeployChangesNoResult() throws Exception {
    putApp("commands: {success: [x]}");
    HookRunner broken =
        hook -> {
          throw new NoClassDefFoundError("some/Library");
        };

    Deployment deployment = stretcher().hookRunner(broken).build().deploy(MANIFEST);

    assertThat(deployment.elapsed()).isGreaterThan(Duration.ZERO);
    assertThat(events).anyMatch(event -> event.message().contains("some/Library"));
    assertThat(events).last().isInstanceOf(DeployEvent.Done.class);
  }
}
