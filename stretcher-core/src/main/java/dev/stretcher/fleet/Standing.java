package dev.stretcher.fleet;

/** How far a host is on the way to what is desired; what needs attention first. */
public enum Standing {
  /** What is desired failed there. An earlier failure does not count. */
  FAILED,
  /** It does not go on by itself: others failed, or another deploy has replaced what it had. */
  HELD,
  /** It never said anything that can be read, or it is not alive. */
  SILENT,
  /** It works on what is desired, or has not heard of it. */
  BEHIND,
  /** It has what is desired, and that is good. */
  LIVE
}
