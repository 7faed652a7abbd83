package dev.stretcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stretcher.option.Settings;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployIdentity;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.Progress;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.EventSource;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.HookOutput;
import dev.stretcher.spi.HookOutput.Stream;
import dev.stretcher.spi.HookRunner;
import dev.stretcher.spi.Source;
import dev.stretcher.spi.SyncTarget;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What listeners can rely on, and what a broken one cannot do to a deploy. */
@Timeout(60)
class ListenerTest extends StretcherFixture {
  /** Starts threads that each print many lines at once. */
  private static HookRunner chatty(int threads, int lines) {
    return hook -> {
      List<Thread> printing =
          IntStream.range(0, threads)
              .mapToObj(
                  thread ->
                      new Thread(
                          () -> {
                            for (int i = 0; i < lines; i++) {
                              hook.output().line(Stream.OUT, thread + " " + i);
                            }
                          }))
              .toList();
      printing.forEach(Thread::start);
      for (Thread thread : printing) {
        thread.join();
      }
      return 0;
    };
  }

  /** Fails if it is called while it is called; its own fields need no lock. */
  private static final class Unshared implements DeployListener {
    private final AtomicInteger inside = new AtomicInteger();
    private final List<DeployEvent> heard = new ArrayList<>();
    private int most;

    @Override
    public void onEvent(DeployEvent event) {
      most = Math.max(most, inside.incrementAndGet());
      heard.add(event);
      Thread.onSpinWait();
      inside.decrementAndGet();
    }

    @Override
    public void onProgress(Progress progress) {
      onEvent(new DeployEvent.StillRunning(progress));
    }
  }

  @Test
  void theReportsOfADeployComeOneAtATimeAndInOrderBeforeItReturns() throws Exception {
    putApp("commands: {pre: [talk]}");
    Unshared listener = new Unshared();

    stretcher().listener(listener).hookRunner(chatty(4, 500)).build().deploy(MANIFEST);

    assertThat(listener.most).isEqualTo(1);
    List<String> lines =
        listener.heard.stream()
            .filter(DeployEvent.HookPrinted.class::isInstance)
            .map(DeployEvent::message)
            .toList();
    for (int thread = 0; thread < 4; thread++) {
      String prefix = thread + " ";
      assertThat(lines.stream().filter(line -> line.startsWith(prefix)))
          .containsExactlyElementsOf(IntStream.range(0, 500).mapToObj(i -> prefix + i).toList());
    }
    assertThat(listener.heard).last().isInstanceOf(DeployEvent.Done.class);
  }

  @Test
  void aThreadOfTheDeployGoesOnWhileAnotherOneIsInAListener() throws Exception {
    putApp("commands: {pre: [talk]}");
    CountDownLatch otherPrinted = new CountDownLatch(1);
    List<String> heard = new CopyOnWriteArrayList<>();
    HookRunner two =
        hook -> {
          CountDownLatch inListener = new CountDownLatch(1);
          Thread first =
              new Thread(
                  () -> {
                    inListener.countDown();
                    hook.output().line(Stream.OUT, "waits");
                  });
          first.start();
          inListener.await();
          hook.output().line(Stream.OUT, "goes on");
          otherPrinted.countDown();
          first.join();
          return 0;
        };
    DeployListener waiting =
        event -> {
          if (event.message().equals("waits")) {
            await(otherPrinted);
          }
          heard.add(event.message());
        };

    stretcher().listener(waiting).hookRunner(two).build().deploy(MANIFEST);

    assertThat(heard).contains("waits", "goes on", "Done");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aListenerMayCallTheLibraryAndWaitForIt() throws Exception {
    putApp("");
    memory.put("/other.yml", "commands: {pre: [x]}");
    List<Object> inner = new CopyOnWriteArrayList<>();
    Stretcher[] itself = new Stretcher[1];
    DeployListener calling =
        event -> {
          if (event instanceof DeployEvent.Verified) {
            Thread other =
                new Thread(() -> inner.add(outcome(itself[0], URI.create("mem:/other.yml"))));
            other.start();
            join(other);
            inner.add(outcome(itself[0], URI.create("mem:/other.yml")));
          }
        };
    try (Stretcher stretcher = stretcher().hookRunner(h -> 0).listener(calling).build()) {
      itself[0] = stretcher;

      assertThat(stretcher.deploy(MANIFEST)).isInstanceOf(Deployment.OfArchive.class);
    }

    assertThat(inner).hasSize(2).hasOnlyElementsOfType(Deployment.OfCommands.class);
  }

  private static Object outcome(Stretcher stretcher, URI manifest) {
    try {
      return stretcher.deploy(manifest);
    } catch (StretcherException | InterruptedException e) {
      return e;
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void aHangingListenerDoesNotKeepACancelledDeployAndHearsNothingLater(int waitingLines)
      throws Exception {
    putApp("commands: {success: [talk]}");
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    DeployListener hangs =
        event -> {
          if (event instanceof DeployEvent.HookPrinted) {
            hanging.countDown();
            await(never);
          }
        };
    Thread[] printing = new Thread[1];
    HookRunner printsInTheBackground =
        hook -> {
          printing[0] =
              daemon(
                  () -> {
                    hook.output().line(Stream.OUT, "hello");
                    hook.output().line(Stream.OUT, "late");
                  });
          hanging.await();
          for (int i = 0; i < waitingLines; i++) {
            hook.output().line(Stream.ERR, "waits");
          }
          throw new InterruptedException("as after an interrupt");
        };
    Stretcher stretcher = stretcher().listener(hangs).hookRunner(printsInTheBackground).build();
    List<Object> outcome = new CopyOnWriteArrayList<>();

    daemon(() -> outcome.add(outcome(stretcher, MANIFEST))).join();

    assertThat(outcome).singleElement().isInstanceOf(InterruptedException.class);
    int heard = events.size();
    never.countDown();
    printing[0].join();
    assertThat(events)
        .hasSize(heard)
        .last()
        .hasToString("HookPrinted[phase=SUCCESS, stream=OUT, line=hello]");
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Test
  void nothingComesAfterTheEndOfADeploy() throws Exception {
    putApp("commands: {success: [talk]}");
    HookOutput[] output = new HookOutput[1];
    HookRunner ends =
        hook -> {
          output[0] = hook.output();
          throw new InterruptedException("as after an interrupt");
        };
    DeployListener printing =
        event -> {
          if (event instanceof DeployEvent.Cancelled) {
            join(daemon(() -> output[0].line(Stream.OUT, "late")));
          }
        };
    Stretcher stretcher = stretcher().listener(printing).hookRunner(ends).build();

    assertThat(outcome(stretcher, MANIFEST)).isInstanceOf(InterruptedException.class);
    output[0].line(Stream.OUT, "later");

    assertThat(events).last().isInstanceOf(DeployEvent.Cancelled.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCancelThatHitsAListenerIsNotLost(boolean checked) {
    putApp("");
    DeployListener waiting =
        event -> {
          if (event instanceof DeployEvent.ExecutingManifest) {
            interruptedWait(checked);
          }
        };

    Object outcome = outcome(stretcher().listener(waiting).build(), MANIFEST);

    assertThat(outcome).isInstanceOf(InterruptedException.class);
    assertThat(events).last().isInstanceOf(DeployEvent.Cancelled.class);
  }

  @Test
  void aThreadOfTheDeployIsStillInterruptedAfterAListener() throws Exception {
    putApp("commands: {pre: [talk]}");
    DeployListener waiting =
        event -> {
          if (event instanceof DeployEvent.HookPrinted) {
            interruptedWait(false);
          }
        };
    List<Boolean> interrupted = new CopyOnWriteArrayList<>();
    HookRunner runner =
        hook -> {
          Thread pump =
              daemon(
                  () -> {
                    hook.output().line(Stream.OUT, "x");
                    interrupted.add(Thread.currentThread().isInterrupted());
                  });
          pump.join();
          return 0;
        };

    stretcher().listener(waiting).hookRunner(runner).build().deploy(MANIFEST);

    assertThat(interrupted).containsExactly(true);
  }

  private static void interruptedWait(boolean checked) {
    Thread.currentThread().interrupt();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      sneak(checked ? e : new IllegalStateException(e));
    }
  }

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

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void aCheckedExceptionOfAListenerInAnotherLanguageFailsNothingEither() throws Exception {
    putApp("");
    DeployListener broken = event -> sneak(new Exception("checked"));

    stretcher().listener(broken).build().deploy(MANIFEST);

    assertThat(events).anyMatch(event -> event.message().endsWith("Exception: checked"));
  }

  /** Hears which deploy each report belongs to. */
  private static final class ByDeploy implements DeployListener {
    private final Map<String, List<String>> heard = new ConcurrentHashMap<>();
    private final List<DeployIdentity> deploys = new CopyOnWriteArrayList<>();

    @Override
    public void onEvent(DeployEvent event) {
      throw new AssertionError("comes with its deploy");
    }

    @Override
    public void onEvent(DeployIdentity deploy, DeployEvent event) {
      deploys.add(deploy);
      heard
          .computeIfAbsent(deploy.id().orElseThrow(), id -> new CopyOnWriteArrayList<>())
          .add(event.getClass().getSimpleName());
    }
  }

  @Test
  void eachReportKnowsItsDeployAlsoIfSeveralRunAtOnce() throws Exception {
    memory.put("/a.yml", "commands: {pre: [talk], success: [talk]}");
    ByDeploy listener = new ByDeploy();
    Stretcher stretcher = stretcher().listener(listener).hookRunner(chatty(2, 50)).build();

    List<Thread> threads =
        IntStream.range(0, 3)
            .mapToObj(i -> new Thread(() -> deployed(stretcher, URI.create("mem:/a.yml?" + i))))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(listener.heard).hasSize(3);
    assertThat(listener.heard.values())
        .allSatisfy(
            events ->
                assertThat(events)
                    .startsWith("Started")
                    .endsWith("Done")
                    .hasSize(4 + 2 * (1 + 100 + 1) + 2));
    assertThat(listener.deploys)
        .allSatisfy(deploy -> assertThat(deploy.manifest().orElseThrow()).hasScheme("mem"));
    assertThat(Set.copyOf(listener.deploys)).hasSize(3);
  }

  private static void deployed(Stretcher stretcher, URI manifest) {
    try {
      stretcher.deploy(manifest);
    } catch (StretcherException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theManifestIsKnownFromTheEventOnAndDestFromTheManifestOn() throws Exception {
    putApp("");
    List<DeployIdentity> deploys = new ArrayList<>();
    List<String> names = new ArrayList<>();
    DeployListener listener =
        new DeployListener() {
          @Override
          public void onEvent(DeployEvent event) {}

          @Override
          public void onEvent(DeployIdentity deploy, DeployEvent event) {
            deploys.add(deploy);
            names.add(event.getClass().getSimpleName());
          }
        };

    stretcher().listener(listener).build().deployNext(events(DeployRequest.of(MANIFEST, "x")));

    assertThat(deploys.get(names.indexOf("WaitingForEvent")).manifest()).isEmpty();
    assertThat(deploys.get(names.indexOf("EventReceived")).manifest()).contains(MANIFEST);
    assertThat(deploys.get(names.indexOf("LoadingManifest")).dest()).isEmpty();
    assertThat(deploys.get(names.indexOf("ExecutingManifest")).dest())
        .contains(directory.resolve("app"));
  }

  @Test
  void whatPrintsAReportShowsNoSecretOfAUrl() {
    URI uri = URI.create("https://user:pass@host/app.yml?token=secret");
    DeployRequest request = DeployRequest.of(uri, "x");
    List<Object> told =
        List.of(
            DeployIdentity.of("1").withManifest(uri),
            new DeployEvent.LoadingManifest(uri),
            new DeployEvent.LoadingUrl(uri),
            new DeployEvent.EventReceived(request),
            new SyncTarget.Deploy(Optional.of("1"), uri, Optional.empty()));

    assertThat(told)
        .extracting(Object::toString)
        .allSatisfy(
            text -> assertThat(text).contains("host/app.yml").doesNotContain("pass", "secret"));
  }

  private static EventSource events(DeployRequest request) {
    return new EventSource() {
      @Override
      public String name() {
        return "a test";
      }

      @Override
      public Optional<DeployRequest> next() {
        return Optional.of(request);
      }
    };
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
