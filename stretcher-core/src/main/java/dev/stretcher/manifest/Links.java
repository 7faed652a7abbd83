package dev.stretcher.manifest;

/** Where the symbolic links of an archive may lead to. Nothing is ever written through one. */
public enum Links {
  /** Anywhere, as applications need it. */
  ANY,
  /** Only to paths inside of dest, whether or not they exist. */
  INSIDE
}
