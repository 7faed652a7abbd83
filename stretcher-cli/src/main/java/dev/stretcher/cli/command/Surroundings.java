package dev.stretcher.cli.command;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a process gives to commands.
 *
 * @param terminal whether {@code err} is one
 * @param reserved what of this program nothing is deployed over, and what it is called
 */
public record Surroundings(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean terminal,
    Map<String, String> environment,
    Map<Path, String> reserved) {}
