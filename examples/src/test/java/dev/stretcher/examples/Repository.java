package dev.stretcher.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The source tree that this build is of. */
final class Repository {
  private Repository() {}

  static Path root() throws IOException {
    return Path.of(System.getProperty("stretcher.root", "..")).toRealPath();
  }

  /** Returns the Markdown files of the project, without those that a build made. */
  static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(root())) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(Repository::isSource)
          .sorted()
          .toList();
    }
  }

  /** Returns the shell scripts of the project, recognised by their first line. */
  static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.walk(root())) {
      List<Path> candidates =
          files.filter(Repository::isSource).filter(Files::isRegularFile).toList();
      return candidates.stream().filter(file -> !interpreter(file).isEmpty()).sorted().toList();
    }
  }

  /** Returns {@code sh} or {@code bash}, or nothing for files that are no shell scripts. */
  static String interpreter(Path file) {
    try (Stream<String> lines = Files.lines(file, java.nio.charset.StandardCharsets.ISO_8859_1)) {
      return switch (lines.findFirst().orElse("")) {
        case "#!/bin/sh" -> "sh";
        case "#!/usr/bin/env bash" -> "bash";
        default -> "";
      };
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean isSource(Path file) {
    for (Path name : file) {
      if (name.toString().equals("target") || name.toString().equals(".git")) {
        return false;
      }
    }
    return true;
  }
}
