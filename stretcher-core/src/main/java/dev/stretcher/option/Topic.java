package dev.stretcher.option;

/** The topics of settings: a summary lists settings by topic. */
public enum Topic {
  /** How manifests and archives are fetched. */
  FETCH("How archives are fetched"),
  /** How dest is changed. */
  DEST("How dest is changed"),
  /** What happens when events or deploys come together. */
  QUEUE("When several events or deploys come together"),
  /** What is refused because it is too large. */
  LIMITS("What is refused because it is too large"),
  /** What the agent itself reads, keeps and says. */
  AGENT("What the agent reads, keeps and says");

  private final String title;

  Topic(String title) {
    this.title = title;
  }

  /** Returns a title for people. */
  public String title() {
    return title;
  }
}
