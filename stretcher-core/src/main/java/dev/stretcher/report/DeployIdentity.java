package dev.stretcher.report;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which deploy an event is of.
 *
 * @param id the same in all events of a deploy, in its commands ({@code STRETCHER_DEPLOY_ID}) and
 *     in the ledger; empty for what happens outside of a deploy
 * @param dest the directory that is deployed to, once the manifest was read, if it has one
 */
public record DeployIdentity(Optional<String> id, Optional<Path> dest) {
  /** That of what happens outside of a deploy. */
  public static final DeployIdentity NONE = new DeployIdentity(Optional.empty(), Optional.empty());

  /** Returns the identity of a deploy of which no more is known yet. */
  public static DeployIdentity of(String id) {
    return new DeployIdentity(Optional.of(id), Optional.empty());
  }

  /** Returns this identity with what a manifest says. */
  public DeployIdentity withDest(Optional<Path> other) {
    return new DeployIdentity(id, other);
  }
}
