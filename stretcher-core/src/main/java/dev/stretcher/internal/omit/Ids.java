package dev.stretcher.internal.omit;

/** An owner and a group, by their numbers. */
public record Ids(int uid, int gid) {}
