package dev.stretcher.cli;

import dev.stretcher.policy.Policy;
import java.util.List;
import java.util.Optional;

/**
 * What the configuration of a host says.
 *
 * @param arguments its flags, as on the command line
 * @param policy what may be deployed
 * @param runAs the user that commands run as
 */
record Config(List<String> arguments, Policy policy, Optional<String> runAs) {
  static final Config EMPTY = new Config(List.of(), Policy.OPEN, Optional.empty());
}
