package dev.stretcher.sources.internal.consul;

import dev.stretcher.process.Interrupts;
import dev.stretcher.store.EventSender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Fires user events, see <a
 * href="https://developer.hashicorp.com/consul/api-docs/event#fire-event">Fire Event</a>.
 */
record ConsulEventSender(ConsulClient client) implements EventSender {
  @Override
  public void send(String name, String payload) throws IOException, InterruptedException {
    Interrupts.requireNone();
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > MAX_PAYLOAD) {
      throw new IOException(
          "the event %s would carry %s bytes; expected at most %s"
              .formatted(name, bytes.length, MAX_PAYLOAD));
    }
    Request.Builder request =
        new Request.Builder()
            .url(client.resource("event/fire").addPathSegment(name).build())
            .put(RequestBody.create(bytes));
    ConsulAnswer answer = client.send(request);
    if (answer.status() != ConsulAnswer.OK) {
      throw client.refusal().of(answer, ConsulNeed.fire(name));
    }
  }
}
