package dev.stretcher.cli.config;

import dev.stretcher.option.Options;
import dev.stretcher.policy.Policy;

/**
 * The configuration of a host.
 *
 * @param options its flags, and the user that commands run as
 * @param policy what may be deployed
 */
public record Config(Options options, Policy policy) {
  public static final Config EMPTY = new Config(Options.DEFAULT, Policy.OPEN);
}
