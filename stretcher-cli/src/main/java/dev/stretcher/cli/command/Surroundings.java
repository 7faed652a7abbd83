package dev.stretcher.cli.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a process offers to commands.
 *
 * @param terminal whether {@code err} is one
 * @param reserved the files of this program that no deploy may take as dest, with their names in
 *     messages
 */
public record Surroundings(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean terminal,
    Map<String, String> environment,
    Map<Path, String> reserved) {}
