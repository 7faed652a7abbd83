package dev.stretcher.agent;

import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.HostState;
import dev.stretcher.internal.desired.News;
import dev.stretcher.internal.live.Memory;
import dev.stretcher.internal.pause.Backoff;
import dev.stretcher.internal.status.StatusDesk;
import dev.stretcher.store.KeyValue;
import dev.stretcher.text.GoDuration;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one app at its desired state. The thread that watches the store tells it what is desired; a
 * thread that lives only as long as there is something to do deploys, one thing at a time.
 *
 * <p>The lock of this object guards all fields that change; no file, store or listener is waited
 * for under it.
 */
final class AppAgent {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final AppName app;
  private final Services services;
  private final AppMemory memory;
  private final StatusDesk desk;
  private final Attempt attempt;
  private final OtherDeploys others;
  private final Backoff backoff;
  private Optional<String> warned = Optional.empty();

  /** Why what was desired last is not believed. */
  private Optional<String> disbelief = Optional.empty();

  private boolean hasBegun;

  /** What is desired is to be brought about. */
  private boolean isDue;

  /** What has failed is to be tried again. */
  private boolean isRetry;

  /** What is live is to be measured. */
  private boolean isLookDue;

  private boolean isWorking;
  private boolean isStopped;

  /** What is tried again later. */
  private @Nullable Runnable takeBack;

  AppAgent(AppName app, Services services) {
    this.app = app;
    this.services = services;
    this.memory = new AppMemory(app, services);
    this.desk =
        new StatusDesk(
            services.node(),
            app,
            services.outbox(),
            services.listener()::onStatus,
            services.secrets(),
            services.clock());
    this.attempt = new Attempt(app, services, memory, desk, this::givenUp);
    this.others = attempt.others();
    this.backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, services.random());
  }

  /** Reads what is remembered. */
  void load() {
    disbelief = memory.load();
    desk.desired(memory.now().desired());
  }

  /** Writes what it knows, as somebody may have removed it. */
  void remember() {
    services.threads().execute(memory::save);
  }

  /** Tells whether it knows what is desired. */
  boolean knowsDesired() {
    return memory.now().desired().isPresent();
  }

  /** Takes what the store has, and does what is remembered if that is no news. */
  void found(Optional<KeyValue> value) {
    News news = News.of(app, value, memory.now().desired(), services.policy());
    if (news instanceof News.Changed changed) {
      warned = Optional.empty();
      desk.doubt(Optional.empty());
      accept(changed.desired());
      return;
    }
    if (news instanceof News.None none) {
      warn(none.reason(), value.isEmpty() && !knowsDesired());
    } else {
      warned = Optional.empty();
      desk.doubt(Optional.empty());
      memory.confirm();
    }
    begin();
  }

  /** Says its status once more, as a store that was away may not have it. */
  void repeat() {
    desk.repeat();
  }

  private void warn(String reason, boolean isUsual) {
    if (!isUsual && !warned.equals(Optional.of(reason))) {
      String known = memory.now().desired().map(each -> "; " + each.id() + " stays").orElse("");
      services.listener().onWarning(app, "the desired state is no news: " + reason + known);
    }
    desk.doubt(
        isUsual ? Optional.empty() : Optional.of("what the store has is no news: " + reason));
    warned = Optional.of(reason);
  }

  private void accept(DesiredState newer) {
    synchronized (this) {
      hasBegun = true;
      memory.desired(newer);
      backoff.reset();
      wake(false);
    }
    attempt.supersede();
  }

  /** Does what is remembered, unless something has begun. */
  void begin() {
    synchronized (this) {
      if (hasBegun) {
        return;
      }
      hasBegun = true;
      if (knowsDesired()) {
        wake(true);
        return;
      }
    }
    disbelief.ifPresent(
        why -> services.listener().onWarning(app, "what was desired last is not believed: " + why));
    desk.say(HostState.IDLE, Optional.empty(), disbelief);
  }

  /** Tries again what is not live. */
  synchronized void retry() {
    if (hasBegun && knowsDesired() && !desk.state().equals(Optional.of(HostState.LIVE))) {
      backoff.reset();
      // What is on its way is no failure yet: if it fails, nobody has asked for another try.
      wake(memory.now().hasFailed());
      attempt.askAgain();
    }
  }

  /** Others failed after this host had its turn. */
  private synchronized void givenUp() {
    wake(false);
  }

  private synchronized void wake(boolean retries) {
    if (takeBack != null) {
      takeBack.run();
      takeBack = null;
    }
    isDue = true;
    isRetry |= retries;
    work();
  }

  /** Measures what is live, if a deploy to dest has ended that this agent does not know. */
  synchronized void look(Map<String, String> lastDeploys) {
    Memory known = memory.now();
    Optional<String> last = known.dest().map(lastDeploys::get);
    boolean isNews = last.isPresent() && !last.equals(known.asOf());
    if (hasBegun && known.desired().isPresent() && isNews) {
      isLookDue = true;
      work();
    }
  }

  private void work() {
    if (!isWorking && !isStopped) {
      isWorking = true;
      services.threads().execute(this::workNamed);
    }
  }

  private void workNamed() {
    Thread thread = Thread.currentThread();
    String name = thread.getName();
    thread.setName("stretcher-" + app);
    try {
      for (Task task = next(); task != Task.NONE; task = next()) {
        if (task == Task.LOOK) {
          others.look();
        } else {
          once();
        }
      }
    } catch (InterruptedException e) {
      rest();
    } catch (RuntimeException | Error e) {
      // Whatever comes later, such as a retry, must find that nothing runs.
      rest();
      throw e;
    } finally {
      thread.setName(name);
    }
  }

  private enum Task {
    NONE,
    ATTEMPT,
    LOOK
  }

  private synchronized Task next() {
    if (isStopped || (!isDue && !isLookDue)) {
      rest();
      return Task.NONE;
    }
    // An attempt begins with a look.
    Task task = isDue ? Task.ATTEMPT : Task.LOOK;
    isDue = false;
    isLookDue = false;
    return task;
  }

  private synchronized void rest() {
    isWorking = false;
    notifyAll();
  }

  private void once() throws InterruptedException {
    if (!services.turns().tryTake(app)) {
      desk.desired(memory.now().desired());
      desk.say(HostState.WAITING, Optional.empty(), Optional.empty());
      services.turns().take(app, this::sayWhoHasTheTurns);
    }
    try {
      // Whatever came while it waited is taken now.
      boolean retries;
      synchronized (this) {
        isDue = false;
        retries = isRetry;
        isRetry = false;
      }
      if (attempt.run(retries) == Attempt.Ended.AGAIN && services.triesAgain()) {
        Optional<Duration> pause = tryAgainLater();
        pause.ifPresent(
            time ->
                services
                    .listener()
                    .onWarning(app, "it is tried again in " + GoDuration.format(roundedUp(time))));
      }
    } finally {
      services.turns().giveBack(app);
    }
  }

  /** A few deploys that hang may keep all others from theirs. */
  private void sayWhoHasTheTurns(String said, boolean isFirst) {
    if (isFirst) {
      services.listener().onWarning(app, said);
    }
    desk.say(HostState.WAITING, Optional.empty(), Optional.of(said));
  }

  private static Duration roundedUp(Duration pause) {
    return Duration.ofSeconds(pause.plusMillis(999).toSeconds());
  }

  private synchronized Optional<Duration> tryAgainLater() {
    if (isDue || isStopped) {
      return Optional.empty();
    }
    Duration pause = backoff.next();
    takeBack = services.pauses().later(pause, this::wakeLater);
    return Optional.of(pause);
  }

  private synchronized void wakeLater() {
    takeBack = null;
    wake(true);
  }

  /** Waits until there is nothing to do. */
  synchronized void awaitRest() throws InterruptedException {
    while (isWorking) {
      wait();
    }
  }

  boolean isLive() {
    return desk.state().equals(Optional.of(HostState.LIVE));
  }

  /** Begins nothing more, and cancels what runs. */
  void stop() {
    synchronized (this) {
      isStopped = true;
      if (takeBack != null) {
        takeBack.run();
        takeBack = null;
      }
    }
    attempt.stop();
  }

  void close() {
    attempt.close();
  }
}
