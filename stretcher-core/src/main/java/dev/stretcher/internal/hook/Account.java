package dev.stretcher.internal.hook;

import dev.stretcher.process.ChildProcess;
import dev.stretcher.process.Command;
import dev.stretcher.process.SearchPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A user that hooks run as, by {@code setpriv} of util-linux: that program becomes the command,
 * without a process, a terminal or a session in between.
 *
 * @param own whether this process runs as that user anyway
 */
record Account(String name, String uid, String gid, String home, boolean own) {
  /** passwd(5): name, password, uid, gid, comment, home, shell. */
  private static final int FIELDS = 7;

  private static final String HIDDEN = "STRETCHER_VARIABLE_";

  /**
   * Looks a user up.
   *
   * @throws IllegalArgumentException if there is no such user, or this process cannot run commands
   *     as that user
   */
  static Account find(String name, Map<String, String> environment) throws InterruptedException {
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
      throw new IllegalArgumentException("run_as: '" + name + "' is not the name of a user");
    }
    String[] fields = ask(environment, "getent", "passwd", name).split(":", -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException(
          "run_as: there is no user '%s' on this host; create it".formatted(name));
    }
    String self = ask(environment, "id", "-u");
    Account account =
        new Account(fields[0], fields[2], fields[3], fields[5], self.equals(fields[2]));
    if (!self.equals("0") && !account.own) {
      throw new IllegalArgumentException(
          "run_as: only root can run commands as %s, and this agent runs as uid %s"
              .formatted(name, self));
    }
    if (!account.own) {
      ask(environment, "setpriv", "--version");
    }
    return account;
  }

  private static String ask(Map<String, String> environment, String... command)
      throws InterruptedException {
    List<String> lines = new ArrayList<>();
    try {
      ChildProcess.run(
          Command.of(List.of(command)).withInherited(environment).withOutput(lines::add));
      return lines.isEmpty() ? "" : lines.get(0);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "run_as needs the program %s: %s".formatted(command[0], e.getMessage()), e);
    }
  }

  /**
   * Returns a command with the variables of a hook. Until the command runs as this user, these
   * variables have other names: a manifest's LD_PRELOAD must not act on {@code setpriv}, which
   * still runs as root.
   *
   * @throws IOException if one of them has a name that no shell can export
   */
  Command run(String line, Map<String, String> variables, Map<String, String> inherited)
      throws IOException {
    Map<String, String> hidden = new HashMap<>();
    StringBuilder script = new StringBuilder();
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      String name = variable.getKey();
      if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
        throw new IOException("'" + name + "' is not a name that a shell can export");
      }
      hidden.put(HIDDEN + name, variable.getValue());
      script.append("export %1$s=\"$%2$s%1$s\"; unset %2$s%1$s; ".formatted(name, HIDDEN));
    }
    String shell = SearchPath.of(inherited).require("sh");
    List<String> command = new ArrayList<>();
    if (!own) {
      command.addAll(List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--init-groups"));
      // Nor does a program such as sudo lead back.
      command.addAll(List.of("--no-new-privs", "--"));
    }
    command.addAll(List.of(shell, "-c", script + "exec \"$1\" -c \"$0\"", line, shell));
    return Command.of(command).withInherited(environment(inherited)).withEnvironment(hidden);
  }

  private Map<String, String> environment(Map<String, String> inherited) {
    Map<String, String> environment = new HashMap<>(inherited);
    environment.put("HOME", home);
    environment.put("USER", name);
    environment.put("LOGNAME", name);
    return environment;
  }
}
