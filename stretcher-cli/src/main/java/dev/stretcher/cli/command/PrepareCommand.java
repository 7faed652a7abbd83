package dev.stretcher.cli.command;

import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.cli.invocation.Invocation;
import java.util.List;

/**
 * Describes {@code prepare}. The launcher itself makes the class-data archive: only it knows the
 * JVM.
 */
final class PrepareCommand implements Command {
  @Override
  public String name() {
    return "prepare";
  }

  @Override
  public String summary() {
    return "Makes the class-data archive for a faster start.";
  }

  @Override
  public String unexpected(String argument) {
    return "; a release is prepared by stretcher fetch URL";
  }

  @Override
  public boolean readsConfiguration() {
    return false;
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example("Make the first deploy of a new host or image fast.", "stretcher prepare"));
  }

  @Override
  public int run(Invocation invocation) throws UsageException {
    throw new UsageException("prepare is done by the launcher, and takes no flags");
  }
}
