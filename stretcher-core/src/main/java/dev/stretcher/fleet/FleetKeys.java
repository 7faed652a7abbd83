package dev.stretcher.fleet;

import java.util.Locale;

/** The keys of a fleet. What is watched, and what hosts write all the time, share no prefix. */
public final class FleetKeys {
  /** Below it are the keys of {@link #desired}. */
  public static final String DESIRED = "stretcher/desired/";

  /** Below it are the keys of {@link #host}. */
  public static final String HOSTS = "stretcher/hosts/";

  private FleetKeys() {}

  /** Returns the key of what all hosts should have. */
  public static String desired(AppName app) {
    return DESIRED + app;
  }

  /** Returns what the keys of {@link #history(AppName, long)} begin with. */
  public static String history(AppName app) {
    return "stretcher/history/" + app + "/";
  }

  /** Returns the key of what was desired in a generation, in the order of the generations. */
  public static String history(AppName app, long generation) {
    return history(app) + String.format(Locale.ROOT, "%010d", generation);
  }

  /** Returns the key of the URL alone, for hosts that know nothing of desired states. */
  public static String manifest(AppName app) {
    return "stretcher/" + app + "/manifest";
  }

  /** Returns the key of what a host has. */
  public static String host(String node, AppName app) {
    return HOSTS + node + "/" + app;
  }

  /** Returns what the keys of the slots of a rollout begin with. */
  public static String slots(AppName app) {
    return "stretcher/slots/" + app + "/";
  }

  /**
   * Returns the key that a host sets when an app has failed on it in a rollout with rules: it only
   * wakes those that have to count the failures, and no app has a name that begins with a dot.
   */
  public static String failures(AppName app) {
    return "stretcher/slots/.failed/" + app;
  }

  /** Returns the key of the head and the tail of the log of a host. */
  public static String log(String node, AppName app) {
    return "stretcher/logs/" + node + "/" + app;
  }

  /** Returns the key that consul-kv-dashboard shows for a host. */
  public static String dashboard(String node, AppName app) {
    return "dashboard/deploy/" + node + "/" + app;
  }

  /** Returns the key that consul-kv-dashboard shows for what a host has. */
  public static String dashboardDeployed(String node, AppName app) {
    return dashboard(node, app) + "-deployed";
  }

  /** Returns the key that consul-kv-dashboard shows for the publisher. */
  public static String dashboardPublished(AppName app) {
    return dashboard("consul", app);
  }
}
