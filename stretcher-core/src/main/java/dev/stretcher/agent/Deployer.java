package dev.stretcher.agent;

import dev.stretcher.Stretcher;
import dev.stretcher.fleet.AppName;
import dev.stretcher.report.DeployListener;

/** Makes the library that deploys an app, with the options, sources and log of a program. */
@FunctionalInterface
public interface Deployer {
  /**
   * Returns a library for an app, which the agent keeps and closes.
   *
   * @param app the app
   * @param listener is to hear of all deploys, besides those of the program
   */
  Stretcher of(AppName app, DeployListener listener);
}
