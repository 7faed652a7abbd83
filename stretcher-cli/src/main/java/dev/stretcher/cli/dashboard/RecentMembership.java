package dev.stretcher.cli.dashboard;

import dev.stretcher.store.Membership;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks who belongs to the fleet only from time to time: nobody watches that. Not thread-safe. */
final class RecentMembership implements Membership {
  /** How old an answer may be. */
  static final Duration OLDEST = Duration.ofSeconds(5);

  private final Membership asked;
  private final Map<Optional<String>, Answer> answers = new HashMap<>();

  /** An answer, and when it came. */
  private record Answer(Set<String> nodes, long nanoTime) {}

  /** A question. */
  private interface Question {
    Set<String> ask() throws IOException, InterruptedException;
  }

  RecentMembership(Membership asked) {
    this.asked = asked;
  }

  @Override
  public String self() throws IOException, InterruptedException {
    return asked.self();
  }

  @Override
  public Set<String> alive() throws IOException, InterruptedException {
    return recent(Optional.empty(), asked::alive);
  }

  @Override
  public Set<String> having(String service) throws IOException, InterruptedException {
    return recent(Optional.of(service), () -> asked.having(service));
  }

  private Set<String> recent(Optional<String> key, Question question)
      throws IOException, InterruptedException {
    Answer answer = answers.get(key);
    if (answer == null || System.nanoTime() - answer.nanoTime() > OLDEST.toNanos()) {
      answer = new Answer(Set.copyOf(question.ask()), System.nanoTime());
      answers.put(key, answer);
    }
    return answer.nodes();
  }
}
