package dev.stretcher.spi;

import java.net.URI;

/**
 * An event that asks for a deploy.
 *
 * @param manifest where the manifest is
 * @param origin where the event came from
 */
public record DeployRequest(URI manifest, Origin origin) {
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
   */
  public record Other(String description) implements Origin {}

  /** Returns a request that came neither from Consul nor from Serf. */
  public static DeployRequest of(URI manifest, String description) {
    return new DeployRequest(manifest, new Other(description));
  }
}
