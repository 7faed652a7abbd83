package dev.stretcher.sync.internal.filter;

import static dev.stretcher.sync.internal.filter.ManualExample.exclude;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stretcher.contract.Tools;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples of rsync(1), "FILTER RULES", with names that they match and names that they do not.
 */
class PatternManualTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @MethodSource({
    "simpleRules",
    "matchingRules",
    "wildcards",
    "examples",
    "olderManuals",
    "clearing"
  })
  void matchesWhatTheManualSays(ManualExample example) throws Exception {
    FilterRules rules = FilterRules.of(new byte[0], example.patterns());

    assertThat(example.written(example.tree().without(rules)))
        .containsExactlyInAnyOrderElementsOf(example.copied());
  }

  @ParameterizedTest
  @MethodSource({
    "simpleRules",
    "matchingRules",
    "wildcards",
    "examples",
    "olderManuals",
    "clearing"
  })
  void matchesWhatRsyncMatches(ManualExample example) throws Exception {
    Tools.require("rsync");
    Path tree = directory.resolve("tree");
    example.tree().writeTo(tree);

    Set<String> names = RealRsync.names(tree, new byte[0], example.patterns()).orElseThrow();
    assertThat(example.written(names)).containsExactlyInAnyOrderElementsOf(example.copied());
  }

  /** "SIMPLE INCLUDE/EXCLUDE RULES" and its example. */
  static Stream<ManualExample> simpleRules() {
    return Stream.of(
        exclude("+ x/", "+ x/y/", "+ x/y/file.txt", "- *")
            .copies("x/y/file.txt")
            .leaves("x/file.txt", "x/y/zzz.txt", "x/z/file.txt"),
        exclude("+ file.txt", "- *").copies("file.txt").leaves("y/file.txt", "y/zzz.txt"),
        exclude("- zzz.txt")
            .copies("x/file.txt", "x/y/file.txt", "x/z/file.txt")
            .leaves("x/y/zzz.txt"),
        exclude("foo ").copies("foo").leaves("foo "),
        exclude("*.o", "cmd").copies("src/a.c").leaves("src/a.o", "src/cmd"),
        // The first that matches decides.
        exclude("a", "+ a").leaves("a"),
        exclude("+ a", "a").copies("a"),
        // What is in an excluded directory is not even looked at.
        exclude("+ a/path/down/deep/wanted.txt", "a/path/down/")
            .copies("a/path/")
            .leaves("a/path/down/deep/wanted.txt"));
  }

  /** "PATTERN MATCHING RULES", the first list. */
  static Stream<ManualExample> matchingRules() {
    return Stream.of(
        exclude("foo").copies("food", "a/xfoo").leaves("foo", "a/foo", "b/foo/c"),
        exclude("foo/bar")
            .copies("bar", "foo/x/bar", "xfoo/bar")
            .leaves("foo/bar", "a/foo/bar", "a/b/foo/bar/c"),
        exclude("foo/").copies("foo", "b/x").leaves("a/foo/x"),
        exclude("foo/bar/").copies("foo/bar").leaves("a/foo/bar/x"),
        exclude("/foo").copies("a/foo").leaves("foo"),
        exclude("/foo/").copies("a/foo/b").leaves("foo/b"),
        exclude("/foo/bar").copies("foo/b", "a/foo/bar").leaves("foo/bar"),
        exclude("/foo/**").copies("foo/", "a/foo/b").leaves("foo/b", "foo/c/d"),
        exclude("/foo/bar/**").copies("foo/bar/", "foo/b").leaves("foo/bar/b", "foo/bar/c/d"),
        exclude("foo/**").copies("foo/", "a/foo/", "b").leaves("foo/b", "a/foo/c/d"),
        exclude("a**b").copies("a/c", "b").leaves("ab", "a/d/b", "axb"));
  }

  /** "PATTERN MATCHING RULES", the wildcards. */
  static Stream<ManualExample> wildcards() {
    return Stream.of(
        exclude("f?o").copies("fo", "fooo", "f/o").leaves("foo", "f.o", "a/fxo"),
        exclude("/f?o").copies("f/o", "a/foo").leaves("foo"),
        exclude("f*o").copies("f/o", "foob").leaves("fo", "foo", "a/fxyzo"),
        exclude("/f*o").copies("f/o").leaves("fo", "fxo"),
        exclude("/f**o").copies("a/fo").leaves("fo", "fxo", "f/o", "f/a/b/o"),
        exclude("[a-z]").copies("A", "ab", "1").leaves("a", "m", "d/z"),
        exclude("[!a-z]").copies("a", "AB").leaves("A", "1"),
        exclude("[^a-z]").copies("a").leaves("A"),
        exclude("[[:alpha:]]").copies("1", "_", "ab").leaves("a", "Z"),
        exclude("[[:digit:]_]x").copies("ax").leaves("1x", "_x"),
        exclude("[]-]").copies("a").leaves("]", "-"),
        exclude("dir_name/***")
            .copies("dir_names", "a/dir_name")
            .leaves("dir_name/", "dir_name/x", "dir_name/y/z", "b/dir_name/x"),
        exclude("dir_name/").copies("a/dir_name").leaves("dir_name/x", "b/dir_name/y/z"),
        exclude("foo\\bar").copies("foobar").leaves("foo\\bar"),
        exclude("foo\\bar*").copies("foo\\bar").leaves("foobar", "foobarx"),
        exclude("foo\\\\bar*").copies("foobar").leaves("foo\\bar", "foo\\barx"),
        exclude("\\*").copies("*x").leaves("*"),
        exclude("[*]").copies("a").leaves("*"));
  }

  /** "PATTERN MATCHING RULES", the examples at its end. */
  static Stream<ManualExample> examples() {
    return Stream.of(
        exclude("*.o").copies("o", "a.o.c").leaves("a.o", ".o", "d/b.o"),
        exclude("foo/*/bar")
            .copies("foo/bar", "foo/a/b/bar", "bar")
            .leaves("foo/a/bar", "x/foo/b/bar"),
        exclude("/foo/*/bar").copies("foo/bar", "x/foo/a/bar", "foo/a/b/bar").leaves("foo/a/bar"),
        exclude("/foo/**/bar").copies("foo/bar", "x/foo/a/bar").leaves("foo/a/bar", "foo/a/b/bar"),
        exclude("**/foo").copies("food", "a/xfoo").leaves("foo", "a/foo", "b/c/foo/d"),
        exclude("**/foo/bar").copies("foo/b", "xfoo/bar").leaves("foo/bar", "a/b/foo/bar"),
        exclude("+ */", "+ *.c", "- *").copies("a.c", "d/b.c", "e/").leaves("a.o", "d/b.h"),
        exclude("+ foo/", "+ foo/bar.c", "- *")
            .copies("foo/bar.c")
            .leaves("foo/bar.h", "bar.c", "a/foo/bar.c"));
  }

  /** What older manuals say about includes that no directory lets anything reach. */
  static Stream<ManualExample> olderManuals() {
    return Stream.of(
        exclude("+ /some/path/this-file-will-not-be-found", "+ /file-is-included", "- *")
            .copies("file-is-included")
            .leaves("some/path/this-file-will-not-be-found", "other"),
        exclude(
                "+ /some/",
                "+ /some/path/",
                "+ /some/path/this-file-is-found",
                "+ /file-also-included",
                "- *")
            .copies("some/path/this-file-is-found", "file-also-included")
            .leaves("some/path/other", "some/other", "other"),
        exclude("+ */", "+ this-file-is-found", "- *")
            .copies("some/path/this-file-is-found")
            .leaves("some/path/other"),
        exclude("+ foo/***", "- *").copies("foo/a/b", "foo/c").leaves("a", "b/foo/c"),
        exclude("/me/foo/bar", "/you/bar/baz")
            .leaves("me/foo/bar", "you/bar/baz")
            .copies("foo/bar"));
  }

  /** "LIST-CLEARING FILTER RULE", and prefixes. */
  static Stream<ManualExample> clearing() {
    return Stream.of(
        exclude("a", "!").copies("a"),
        exclude("a", "!", "b").copies("a").leaves("b"),
        exclude("! ").copies("a").leaves("! "),
        exclude("!a").copies("a").leaves("!a"),
        exclude("- !").copies("a").leaves("!"),
        exclude("- - a").copies("a").leaves("- a"),
        exclude("-a").copies("a").leaves("-a"),
        exclude("-", "+").copies("a").leaves("-", "+"),
        exclude("#a", ";a").copies("a").leaves("#a", ";a"));
  }
}
