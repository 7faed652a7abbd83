package dev.stretcher.testing.consul;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /v1/event/}: what one agent heard of. */
final class Events {
  private static final int LONGEST = 512;
  private static final int KEPT = 256;

  private final Deque<Event> events = new ArrayDeque<>();
  private long time = 1;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Event(UUID id, String name, byte[] payload, long time) {
    Map<String, @Nullable Object> json(long shown) {
      return Json.object(
          "ID",
          id.toString(),
          "Name",
          name,
          "Payload",
          payload.length == 0 ? null : Base64.getEncoder().encodeToString(payload),
          "NodeFilter",
          "",
          "ServiceFilter",
          "",
          "TagFilter",
          "",
          "Version",
          1,
          "LTime",
          shown);
    }

    /** A hash, which is the index. */
    String index() {
      return Long.toUnsignedString(id.getMostSignificantBits() ^ id.getLeastSignificantBits());
    }
  }

  synchronized Reply fire(Question question) {
    if (question.body().length > LONGEST) {
      return Reply.text(
          500,
          "1 error occurred:\n\t* error broadcasting event to segment \"\": user event exceeds"
              + " configured limit of 512 bytes before encoding\n\n");
    }
    Event event =
        new Event(UUID.randomUUID(), question.behind("event/fire/"), question.body(), ++time);
    events.add(event);
    if (events.size() > KEPT) {
      events.remove();
    }
    return Reply.json(Json.write(event.json(0)));
  }

  synchronized Reply list(Question question) {
    List<Event> listed =
        events.stream()
            .filter(event -> event.name().equals(question.get("name").orElse(event.name())))
            .toList();
    String index = listed.isEmpty() ? "1" : listed.get(listed.size() - 1).index();
    return Reply.json(
        Json.write(listed.stream().map(event -> event.json(event.time())).toList()), index);
  }

  /** Forgets all, as an agent does that is started again. */
  synchronized void forget() {
    events.clear();
  }

  static boolean isNew(Reply reply, String known) {
    return !new BigInteger(reply.index()).equals(new BigInteger(known));
  }
}
