package dev.stretcher.sync.internal.tree;

import dev.stretcher.sync.internal.directory.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file of a tree that is yet to be made.
 *
 * @param content what a regular file has, or the target of a link, as Latin-1
 * @param children of a directory, by their names as Latin-1
 */
record Model(
    Kind kind,
    int mode,
    Instant modified,
    int uid,
    int gid,
    String content,
    Map<String, Model> children) {

  static Model directory(int mode, Instant modified) {
    return new Model(Kind.DIRECTORY, mode, modified, 0, 0, "", new TreeMap<>());
  }

  Model withMode(int other) {
    return new Model(kind, other, modified, uid, gid, content, children);
  }

  Model withModified(Instant other) {
    return new Model(kind, mode, other, uid, gid, content, children);
  }

  Model withOwner(int user, int group) {
    return new Model(kind, mode, modified, user, group, content, children);
  }

  Model withContent(String other) {
    return new Model(kind, mode, modified, uid, gid, other, children);
  }

  Model withChildren(Map<String, Model> other) {
    return new Model(kind, mode, modified, uid, gid, content, other);
  }
}
