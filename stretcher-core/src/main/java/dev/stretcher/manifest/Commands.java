package dev.stretcher.manifest;

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
}
