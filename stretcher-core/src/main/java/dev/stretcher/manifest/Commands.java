package dev.stretcher.manifest;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The hooks of a manifest.
 *
 * @param pre run once the archive is verified, before dest changes
 * @param post run once dest is up to date
 * @param success run last, after a deploy that worked, with the log on STDIN
 * @param failure run last, after a deploy that failed, with the log on STDIN
 */
public record Commands(
    CommandList pre, CommandList post, CommandList success, CommandList failure) {
  /** No commands at all. */
  public static final Commands NONE =
      new Commands(CommandList.NONE, CommandList.NONE, CommandList.NONE, CommandList.NONE);

  /** Returns these hooks with other commands before dest changes. */
  public Commands withPre(CommandList list) {
    return new Commands(list, post, success, failure);
  }

  /** Returns these hooks with other commands before dest changes. */
  public Commands withPre(String... lines) {
    return withPre(CommandList.of(lines));
  }

  /** Returns these hooks with other commands after dest has changed. */
  public Commands withPost(CommandList list) {
    return new Commands(pre, list, success, failure);
  }

  /** Returns these hooks with other commands after dest has changed. */
  public Commands withPost(String... lines) {
    return withPost(CommandList.of(lines));
  }

  /** Returns these hooks with other commands after a deploy that worked. */
  public Commands withSuccess(CommandList list) {
    return new Commands(pre, post, list, failure);
  }

  /** Returns these hooks with other commands after a deploy that worked. */
  public Commands withSuccess(String... lines) {
    return withSuccess(CommandList.of(lines));
  }

  /** Returns these hooks with other commands after a deploy that failed. */
  public Commands withFailure(CommandList list) {
    return new Commands(pre, post, success, list);
  }

  /** Returns these hooks with other commands after a deploy that failed. */
  public Commands withFailure(String... lines) {
    return withFailure(CommandList.of(lines));
  }

  /** Returns the lists that have commands, by the name of their phase. */
  public Map<String, CommandList> byPhase() {
    Map<String, CommandList> lists = new LinkedHashMap<>();
    lists.put("pre", pre);
    lists.put("post", post);
    lists.put("success", success);
    lists.put("failure", failure);
    lists.values().removeIf(CommandList::isEmpty);
    return lists;
  }

  Map<String, Object> shown() {
    Map<String, Object> shown = new LinkedHashMap<>();
    byPhase().forEach((phase, list) -> shown.put(phase, list.shown()));
    return shown;
  }
}
