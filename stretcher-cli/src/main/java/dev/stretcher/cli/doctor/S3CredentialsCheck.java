package dev.stretcher.cli.doctor;

import dev.stretcher.cli.doctor.Finding.Ok;
import dev.stretcher.cli.doctor.Finding.Problem;
import dev.stretcher.text.NativeText;
import dev.stretcher.text.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the AWS SDK would take credentials from, in the order in which it looks. Nothing is asked
 * for by a network: whether they are good, S3 says.
 */
final class S3CredentialsCheck implements Check {
  private static final String KEY = "AWS_ACCESS_KEY_ID";
  private static final String SECRET = "AWS_SECRET_ACCESS_KEY";
  private static final String TOKEN_FILE = "AWS_WEB_IDENTITY_TOKEN_FILE";
  private static final String ROLE = "AWS_ROLE_ARN";
  private static final List<String> CONTAINER =
      List.of("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI");

  @Override
  public String name() {
    return "s3";
  }

  @Override
  public List<Finding> look(Host host) {
    boolean hasKey = host.variable(KEY).isPresent();
    boolean hasSecret = host.variable(SECRET).isPresent();
    if (hasKey && hasSecret) {
      return List.of(new Ok("credentials of the environment, %s".formatted(KEY)));
    }
    if (hasKey || hasSecret) {
      return List.of(
          new Problem(
              "%s is set, and %s is not".formatted(hasKey ? KEY : SECRET, hasKey ? SECRET : KEY),
              "set both, or none"));
    }
    Optional<String> token = host.variable(TOKEN_FILE);
    return List.of(token.isPresent() ? webIdentity(token.get(), host) : withoutVariables(host));
  }

  private static Finding webIdentity(String token, Host host) {
    Path file = NativeText.path(token);
    if (!Files.isReadable(file)) {
      return new Problem(
          "%s names %s, which cannot be read".formatted(TOKEN_FILE, Printable.of(file)),
          "mount the token, or let this user read it");
    }
    return host.variable(ROLE).isPresent()
        ? new Ok("a web identity, %s and %s".formatted(TOKEN_FILE, ROLE))
        : new Problem("%s is set, and %s is not".formatted(TOKEN_FILE, ROLE), "set " + ROLE);
  }

  private static Finding withoutVariables(Host host) {
    Optional<Path> profile = profile(host);
    if (profile.isPresent()) {
      return new Ok(
          "profile %s of %s"
              .formatted(
                  Printable.of(host.variable("AWS_PROFILE").orElse("default")),
                  Printable.of(profile.get())));
    }
    Optional<String> container = host.firstOf(CONTAINER);
    if (container.isPresent()) {
      return new Ok("those of the container, " + container.get());
    }
    return host.variable("AWS_EC2_METADATA_DISABLED").filter("true"::equalsIgnoreCase).isPresent()
        ? new Ok("none; s3 URLs are refused")
        : new Ok("none here, so that instance metadata is asked for s3 URLs");
  }

  private static Optional<Path> profile(Host host) {
    Optional<Path> file = readable(host, "AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials");
    return file.isPresent() ? file : readable(host, "AWS_CONFIG_FILE", ".aws/config");
  }

  private static Optional<Path> readable(Host host, String variable, String inHome) {
    Optional<Path> named = host.variable(variable).map(NativeText::path);
    return (named.isPresent() ? named : host.inHome(inHome)).filter(Files::isReadable);
  }
}
