package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stretcher.ledger.Ledger;
import dev.stretcher.option.OnBusy;
import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.StretcherException.Busy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A dest that is a link, or below one, and commands that let it lead elsewhere. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinkedDestTest extends LinkedDestFixture {
  @TempDir Path state;

  @ParameterizedTest
  @CsvSource({
    "current, current, the same link which leads elsewhere now",
    "current, releases/1, what it led to",
    "current, other, another link to what it led to",
    "chain, current, the link in the middle of a chain",
    "chain, releases/1, the end of a chain",
    "current, chain, a chain with this link in its middle",
    "current/app, current/app, a directory below the link",
    "current/app, releases/1/app, the same directory without the link",
  })
  void noOneElseDeploysToADestWhosePostCommandLetsItsLinkLeadElsewhere(
      String dest, String second, String why) throws Exception {
    link("other", "releases/1");
    link("chain", "current");
    Running first = start(dest, "post: ['link current releases/2', stop]").awaitStop();

    Running next = start(second, "pre: [go]");
    assertThat(next.begins()).as(why).isEqualTo("waits");

    first.goOn();
    assertThat(first.ends()).isInstanceOf(Deployment.OfArchive.class);
    assertThat(next.ends()).isInstanceOf(Deployment.OfArchive.class);
  }

  @ParameterizedTest
  @CsvSource({"current, releases/2", "current, third", "current/app, current/other"})
  void aDestThatHasNothingToDoWithItIsDeployedMeanwhile(String dest, String second)
      throws Exception {
    link("third", "releases/3");
    start(dest, "post: [stop]").awaitStop();

    assertThat(start(second, "pre: [go]").ends()).isInstanceOf(Deployment.OfArchive.class);
  }

  @Test
  void aDeployThatWaitsFollowsItsLink() throws Exception {
    Running first = start("releases/1", "post: [stop]").awaitStop();
    Running next = start("current", "pre: [go]");
    assertThat(next.begins()).isEqualTo("waits");

    link("current", "releases/2");

    assertThat(next.ends()).isInstanceOf(Deployment.OfArchive.class);
    assertThat(first.end).isNotDone();
  }

  @Test
  void ofThoseThatShareOneNameOnlyTheNewestIsDeployed() throws Exception {
    Running first = start("current", "post: ['link current releases/2', stop]").awaitStop();
    Running second = start("releases/1", "pre: [go]");
    assertThat(second.begins()).isEqualTo("waits");
    Running byTheLink = start("current", "pre: [go]");
    assertThat(byTheLink.begins()).isEqualTo("waits");
    link("again", "releases/1");
    Running third = start("again", "pre: [go]");

    assertThat(third.begins()).isEqualTo("waits");
    first.goOn();

    assertThat(second.ends()).isInstanceOf(Deployment.Superseded.class);
    assertThat(byTheLink.ends()).isInstanceOf(Deployment.OfArchive.class);
    assertThat(third.ends()).isInstanceOf(Deployment.OfArchive.class);
  }

  @Test
  void whoWaitsForItsTurnWaitsForThoseThatShareAName() throws Exception {
    onBusy = OnBusy.WAIT;
    Running first = start("current", "post: ['link current releases/2', stop]").awaitStop();
    Running second = start("current", "pre: [stop]");
    assertThat(second.begins()).isEqualTo("waits");
    Running third = start("releases/2", "pre: [go]");
    assertThat(third.begins()).isEqualTo("waits");

    first.goOn();
    second.awaitStop();
    assertThat(third.end).isNotDone();
    second.goOn();

    assertThat(third.ends()).isInstanceOf(Deployment.OfArchive.class);
  }

  @Test
  void theLedgerKnowsADeployByAnotherNameOfItsDest() throws Exception {
    ledger = Optional.of(Ledger.in(state));
    URI old = manifest("releases/1", "pre: [go]");
    DeployListener meanwhile =
        event -> {
          if (event instanceof DeployEvent.Sleeping) {
            start("current", "post: ['link current releases/2']").end.join();
          }
        };
    try (Stretcher stretcher =
        builder()
            .options(options().with(Settings.RANDOM_DELAY, Duration.ofNanos(2)))
            .listener(meanwhile)
            .hookRunner(hook -> 0)
            .build()) {
      assertThat(stretcher.deploy(old)).isInstanceOf(Deployment.Superseded.class);
    }
  }

  @Test
  void whoDoesNotWaitFailsAtOnce() throws Exception {
    start("current", "post: ['link current releases/2', stop]").awaitStop();
    onBusy = OnBusy.FAIL;
    assertThat(start("current", "pre: [go]").outcome()).isInstanceOf(Busy.class);
    assertThat(start("releases/2", "pre: [go]").outcome()).isInstanceOf(Deployment.OfArchive.class);
  }

  @Test
  void aDryRunAndACheckWaitAsWell() throws Exception {
    start("current", "post: ['link current releases/2', stop]").awaitStop();
    URI next = manifest("current", "pre: [go]");
    try (Stretcher stretcher =
        builder().options(options().with(Settings.LOCK_TIMEOUT, Duration.ofMillis(1))).build()) {
      assertThatThrownBy(() -> stretcher.plan(next)).isInstanceOf(Busy.class);
      assertThat(stretcher.checkAgainstDest(next).problems())
          .singleElement()
          .asString()
          .contains("another deploy to");
    }
  }

  @Test
  void preCommandsMayLetTheLinkLeadToWhereAnotherDeployIs() throws Exception {
    for (OnBusy each : List.of(OnBusy.WAIT, OnBusy.NEWEST)) {
      onBusy = each;
      link("current", "releases/1");
      Running there = start("releases/2", "post: [stop]").awaitStop();
      Running moves = start("current", "pre: ['link current releases/2'], post: [stop]");
      assertThat(moves.waitsAgain.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(moves.end).isNotDone();

      there.goOn();
      moves.awaitStop();

      assertThat(start("releases/1", "pre: [go]").begins()).isEqualTo("waits");
      moves.goOn();
      assertThat(moves.ends()).isInstanceOf(Deployment.OfArchive.class);
    }
  }

  @Test
  void preCommandsMayMakeWhatTheLinkLeadsTo() throws Exception {
    link("current", "releases/9");
    Running first =
        start("current", "pre: ['link releases/9 3'], post: ['link current releases/1', stop]")
            .awaitStop();
    assertThat(start("releases/3", "pre: [go]").begins()).isEqualTo("waits");
    assertThat(start("current", "pre: [go]").begins()).isEqualTo("waits");
    first.goOn();
    assertThat(first.ends()).isInstanceOf(Deployment.OfArchive.class);
  }

  @ParameterizedTest
  @CsvSource({"NEWEST, Superseded", "WAIT, Busy", "FAIL, Busy"})
  void ofTwoThatMoveToEachOthersPlaceTheEarlierOneGivesWay(OnBusy mode, String how)
      throws Exception {
    onBusy = mode;
    link("one", "releases/1");
    link("two", "releases/2");
    Running first = start("one", "pre: [stop, 'link one releases/2']").awaitStop();
    Running second = start("two", "pre: [stop, 'link two releases/1']").awaitStop();

    first.goOn();
    if (mode == OnBusy.FAIL) {
      first.outcome();
    }
    second.goOn();

    assertThat(first.outcome().getClass().getSimpleName()).isEqualTo(how);
    assertThat(second.ends()).isInstanceOf(Deployment.OfArchive.class);
  }

  @Test
  void preCommandsMayLeadToTheSamePlaceByAnotherLink() throws Exception {
    link("one", "releases/1");
    link("two", "releases/1");
    link("current", "one");

    assertThat(start("current", "pre: ['link current two']").ends())
        .isInstanceOf(Deployment.OfArchive.class);
  }
}
