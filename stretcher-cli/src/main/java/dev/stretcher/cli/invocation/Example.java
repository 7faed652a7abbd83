package dev.stretcher.cli.invocation;

/**
 * A command line that people may copy.
 *
 * @param says what it does, in a sentence
 * @param line the command line
 */
public record Example(String says, String line) {}
