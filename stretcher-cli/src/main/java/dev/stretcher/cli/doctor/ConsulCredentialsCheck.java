package dev.stretcher.cli.doctor;

import dev.stretcher.cli.doctor.Finding.Note;
import dev.stretcher.cli.doctor.Finding.Ok;
import dev.stretcher.cli.doctor.Finding.Problem;
import dev.stretcher.cli.flag.FleetSettings;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What Consul is shown, if it is the store. */
final class ConsulCredentialsCheck implements Check {
  private static final String TOKEN = "CONSUL_HTTP_TOKEN";
  private static final String TOKEN_FILE = "CONSUL_HTTP_TOKEN_FILE";
  private static final String LOGIN = "CONSUL_HTTP_AUTH";

  @Override
  public String name() {
    return "consul";
  }

  @Override
  public List<Finding> look(Host host) {
    String named = host.options().get(FleetSettings.STORE);
    String store = named.isEmpty() ? host.variable(FleetSettings.STORE_VARIABLE).orElse("") : named;
    if (!store.startsWith("consul:")) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(token(host));
    if (host.variable(LOGIN).isPresent()) {
      findings.add(new Ok("a login, " + LOGIN));
    }
    return findings;
  }

  private static Finding token(Host host) {
    Optional<Path> file = host.variable(TOKEN_FILE).map(NativeText::path);
    if (file.isPresent()) {
      String shown = "a token, %s, %s".formatted(TOKEN_FILE, Printable.of(file.get()));
      return Files.isReadable(file.get())
          ? new Ok(shown)
          : new Problem(shown + ", cannot be read", "make the file, or let this user read it");
    }
    return host.variable(TOKEN).isPresent()
        ? new Ok("a token, " + TOKEN)
        : new Note("no token; with ACLs, set %s or %s".formatted(TOKEN_FILE, TOKEN));
  }
}
