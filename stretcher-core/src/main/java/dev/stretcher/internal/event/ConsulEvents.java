package dev.stretcher.internal.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.spi.DeployRequest;
import dev.stretcher.spi.MalformedEventException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JSON array that {@code consul watch -type=event} writes, see <a
 * href="https://developer.hashicorp.com/consul/docs/automate/watch">Consul's watches</a>.
 *
 * <p>It holds up to 256 events, oldest first; only the last one counts.
 */
final class ConsulEvents {
  // 256 events of 512 bytes each in base64, names and filters: far less than 4 MiB.
  private static final int EVENTS = 64;

  private ConsulEvents() {}

  /** Reads up to the end of the array, and waits for no byte behind it. */
  static Optional<DeployRequest> last(InputStream stdin, Options limits) throws IOException {
    Optional<ConsulEvent> last = Optional.empty();
    // A reader, since a parser of bytes waits for more of them than the shortest array has.
    Reader text =
        new InputStreamReader(
            new LimitedInput(stdin, longest(limits)), StandardCharsets.UTF_8.newDecoder());
    try (JsonParser json =
        new JsonFactory().createParser(text).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        throw notEvents("it is not an array");
      }
      while (json.nextToken() != JsonToken.END_ARRAY) {
        last = Optional.of(ConsulEvent.read(json));
        last.get().requireLength(limits);
      }
    } catch (JsonProcessingException e) {
      throw notEvents("it is not JSON" + place(e.getLocation()));
    } catch (CharacterCodingException e) {
      throw notEvents("it is not UTF-8 text");
    }
    return last.isPresent() ? Optional.of(last.get().request()) : Optional.empty();
  }

  private static int longest(Options limits) {
    return (int) Math.min(Integer.MAX_VALUE / 2, EVENTS * limits.get(Settings.MAX_EVENT));
  }

  // A document beyond the parser's limits fails at no place.
  private static String place(@Nullable JsonLocation location) {
    return location == null ? "" : ", at character " + location.getCharOffset();
  }

  static MalformedEventException notEvents(String reason) {
    return new MalformedEventException(
        "what STDIN has is not a JSON array of Consul events: "
            + reason
            + "; start the agent by 'consul watch -type=event', or unset CONSUL_INDEX and write the"
            + " URL of a manifest");
  }
}
