package dev.stretcher.manifest;

import java.util.List;

/**
 * The hooks of a manifest, each a line for {@code sh -c}.
 *
 * @param pre run once the archive is verified, before dest changes
 * @param post run once dest is up to date
 * @param success run last, after a deploy that worked, with the log on STDIN
 * @param failure run last, after a deploy that failed, with the log on STDIN
 */
public record Commands(
    List<String> pre, List<String> post, List<String> success, List<String> failure) {
  /** No commands at all. */
  public static final Commands NONE = new Commands(List.of(), List.of(), List.of(), List.of());

  /** Copies the lists. */
  public Commands {
    pre = List.copyOf(pre);
    post = List.copyOf(post);
    success = List.copyOf(success);
    failure = List.copyOf(failure);
  }
}
