package dev.stretcher.cli.doctor;

import dev.stretcher.cli.doctor.Finding.Note;
import dev.stretcher.cli.doctor.Finding.Ok;
import dev.stretcher.cli.doctor.Finding.Problem;
import dev.stretcher.option.Setting;
import dev.stretcher.sources.setting.HttpHeader;
import dev.stretcher.sources.setting.SourceSettings;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.Printable;
import dev.stretcher.trust.TrustedPath;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What web servers are shown: headers, logins, certificates. */
final class HttpCredentialsCheck implements Check {
  @Override
  public String name() {
    return "http";
  }

  @Override
  public List<Finding> look(Host host) throws IOException {
    List<Finding> findings = new ArrayList<>();
    for (HttpHeader header : host.options().get(SourceSettings.HTTP_HEADER)) {
      findings.add(header(header, host));
    }
    certificate(SourceSettings.CA_FILE, host).ifPresent(findings::add);
    certificate(SourceSettings.CLIENT_CERT, host).ifPresent(findings::add);
    logins(host).ifPresent(findings::add);
    return findings.isEmpty()
        ? List.of(new Ok("no header, no login and no certificate is configured"))
        : findings;
  }

  private static Finding header(HttpHeader header, Host host) {
    String whom = header.host().orElse("each host");
    return host.environment().containsKey(header.variable())
        ? new Ok("header %s for %s, from %s".formatted(header.name(), whom, header.variable()))
        : new Problem(
            "header %s for %s has no value".formatted(header.name(), whom),
            "set the variable " + header.variable());
  }

  private static Optional<Finding> certificate(Setting<Optional<Path>> setting, Host host)
      throws IOException {
    Optional<Path> file = host.options().get(setting);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    String shown = setting.name() + " " + Printable.of(file.get());
    try {
      TrustedPath.require(file.get());
    } catch (FileSystemException e) {
      return Optional.of(new Problem(shown + ": " + e.getReason(), "do what it says"));
    }
    return Optional.of(
        Files.isReadable(file.get())
            ? new Ok(shown)
            : new Problem(shown + " cannot be read", "make the file, or let this user read it"));
  }

  private static Optional<Finding> logins(Host host) throws IOException {
    Optional<Path> named = host.variable("NETRC").map(NativeText::path);
    Optional<Path> file = named.isPresent() ? named : host.inHome(".netrc");
    if (file.filter(Files::isReadable).isEmpty()) {
      return named.map(
          path ->
              new Problem(
                  "NETRC names %s, which cannot be read".formatted(Printable.of(path)),
                  "make the file, let this user read it, or unset NETRC"));
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file.get());
    String shown = "logins from " + Printable.of(file.get());
    return Optional.of(
        permissions.contains(PosixFilePermission.OTHERS_READ)
            ? new Note(shown + ", which others may read; chmod 600 closes it")
            : new Ok(shown));
  }
}
