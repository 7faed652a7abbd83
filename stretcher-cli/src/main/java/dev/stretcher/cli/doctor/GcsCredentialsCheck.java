package dev.stretcher.cli.doctor;

import dev.stretcher.cli.doctor.Finding.Note;
import dev.stretcher.cli.doctor.Finding.Ok;
import dev.stretcher.cli.doctor.Finding.Problem;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where Google's library would take the application default credentials from, in its order. */
final class GcsCredentialsCheck implements Check {
  private static final String FILE = "GOOGLE_APPLICATION_CREDENTIALS";
  private static final String EMULATOR = "STORAGE_EMULATOR_HOST";
  private static final String OF_GCLOUD = "application_default_credentials.json";

  @Override
  public String name() {
    return "gs";
  }

  @Override
  public List<Finding> look(Host host) {
    return List.of(finding(host));
  }

  private static Finding finding(Host host) {
    if (host.variable(EMULATOR).isPresent()) {
      return new Note("%s is set: an emulator is asked, without credentials".formatted(EMULATOR));
    }
    Optional<Path> named = host.variable(FILE).map(NativeText::path);
    if (named.isPresent()) {
      String shown = "%s, %s".formatted(FILE, Printable.of(named.get()));
      return Files.isReadable(named.get())
          ? new Ok(shown)
          : new Problem(
              shown + ", cannot be read", "make the file, let this user read it, or unset " + FILE);
    }
    Optional<Path> config = host.variable("CLOUDSDK_CONFIG").map(NativeText::path);
    Optional<Path> gcloud =
        (config.isPresent() ? config : host.inHome(".config/gcloud"))
            .map(directory -> directory.resolve(OF_GCLOUD))
            .filter(Files::isReadable);
    return gcloud.isPresent()
        ? new Ok("those of gcloud, " + Printable.of(gcloud.get()))
        : new Ok("none here, so that the metadata server is asked for gs URLs");
  }
}
