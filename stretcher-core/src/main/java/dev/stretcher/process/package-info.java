/**
 * Child processes that can be cancelled with all their children, and whose output is read line by
 * line while they run.
 *
 * <pre>{@code
 * int status = ChildProcess.run(Command.of(List.of("rsync", "--version")).withOutput(log::info));
 * }</pre>
 *
 * <p>The runner of hooks and the syncers that call a program use it. Depends on nothing but the
 * JDK.
 */
@NullMarked
package dev.stretcher.process;

import org.jspecify.annotations.NullMarked;
