package dev.stretcher.report;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The deploy that an event belongs to.
 *
 * @param id the deploy's id: the same in all its events, in its commands ({@code
 *     STRETCHER_DEPLOY_ID}) and in the ledger; empty for events outside of a deploy
 * @param dest the directory that is deployed to, once the manifest was read, if it has one
 */
public record DeployIdentity(Optional<String> id, Optional<Path> dest) {
  /** The identity of events outside of a deploy. */
  public static final DeployIdentity NONE = new DeployIdentity(Optional.empty(), Optional.empty());

  /** Returns the identity of a deploy whose manifest was not read yet. */
  public static DeployIdentity of(String id) {
    return new DeployIdentity(Optional.of(id), Optional.empty());
  }

  /** Returns this identity with the dest of a manifest. */
  public DeployIdentity withDest(Optional<Path> other) {
    return new DeployIdentity(id, other);
  }
}
