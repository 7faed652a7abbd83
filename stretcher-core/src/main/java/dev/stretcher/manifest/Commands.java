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
