package dev.stretcher.spi;

import dev.stretcher.text.RedactedUri;
import java.net.URI;
import java.util.Optional;

/**
 * An event that asks for a deploy.
 *
 * @param manifest where the manifest is
 * @param origin where the event came from
 */
public record DeployRequest(URI manifest, Origin origin) {
  /** The number of characters that an ID can have; the ledger keeps it for long. */
  public static final int LONGEST_ID = 200;

  /** Where an event came from. */
  public sealed interface Origin {}

  /**
   * A Consul user event, see <a
   * href="https://developer.hashicorp.com/consul/api-docs/event">Consul's Event API</a>.
   *
   * @param id its ID
   * @param name its name
   * @param logicalTime its LTime
   */
  public record Consul(String id, String name, long logicalTime) implements Origin {}

  /**
   * A Serf user event.
   *
   * @param name its name, {@code SERF_USER_EVENT}
   */
  public record Serf(String name) implements Origin {}

  /**
   * Any other origin: a line on STDIN, an argument, a plug-in.
   *
   * @param description for the log
   * @param id its ID, if it has one, see {@link DeployRequest#eventId}
   */
  public record Other(String description, Optional<String> id) implements Origin {
    /** Refuses an ID that is blank, or has more than {@value #LONGEST_ID} characters. */
    public Other {
      if (id.isPresent() && id.get().length() > LONGEST_ID) {
        throw new IllegalArgumentException(
            "the ID of event '%s' has %s characters; expected %s at the most, such as a digest"
                .formatted(description, id.get().length(), LONGEST_ID));
      }
      if (id.isPresent() && id.get().isBlank()) {
        throw new IllegalArgumentException(
            "the ID of event '" + description + "' is blank; give an ID, or none");
      }
    }

    /** Creates the origin of an event that has no ID. */
    public Other(String description) {
      this(description, Optional.empty());
    }
  }

  /** Returns a request that came neither from Consul nor from Serf. */
  public static DeployRequest of(URI manifest, String description) {
    return new DeployRequest(manifest, new Other(description));
  }

  /**
   * Returns the same request with an ID, for an event that may be delivered more than once.
   *
   * @param id differs from those of all other events that this host gets, from whatever source;
   *     begin it with the name of the source, unless it is a UUID. It has at most {@value
   *     #LONGEST_ID} characters
   * @throws IllegalArgumentException if the ID is blank or longer
   */
  public static DeployRequest of(URI manifest, String description, String id) {
    return new DeployRequest(manifest, new Other(description, Optional.of(id)));
  }

  /**
   * Returns the ID of the event, if it has one. An event whose ID is in the ledger is not deployed
   * again, unless {@link dev.stretcher.option.Replay#DEPLOY} says so.
   */
  public Optional<String> eventId() {
    if (origin instanceof Consul consul) {
      // Consul's are UUIDs. What is that long is deployed each time.
      return consul.id().isEmpty() || consul.id().length() > LONGEST_ID
          ? Optional.empty()
          : Optional.of(consul.id());
    }
    return origin instanceof Other other ? other.id() : Optional.empty();
  }

  /** Returns it as any record, but without what may be secret in the URL of the manifest. */
  @Override
  public String toString() {
    return "DeployRequest[manifest=%s, origin=%s]".formatted(RedactedUri.of(manifest), origin);
  }
}
