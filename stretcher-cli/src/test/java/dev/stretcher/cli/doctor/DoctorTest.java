package dev.stretcher.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stretcher.cli.AgentFixture;
import dev.stretcher.cli.Cli;
import dev.stretcher.cli.command.Commands;
import dev.stretcher.cli.doctor.Finding.Note;
import dev.stretcher.cli.doctor.Finding.Ok;
import dev.stretcher.cli.doctor.Finding.Problem;
import dev.stretcher.cli.flag.Given;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.cli.invocation.Surroundings;
import dev.stretcher.testing.consul.ConsulDouble;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doctor finds on hosts on which something is wrong. */
class DoctorTest {
  @TempDir private Path directory;
  private Path state;
  private final Map<String, String> environment = new TreeMap<>();

  @BeforeEach
  void makeAHealthyHost() throws IOException {
    state =
        Files.createDirectories(
            directory.resolve("state/stretcher"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", directory.toString());
    environment.put("TMPDIR", directory.toString());
    environment.put("XDG_STATE_HOME", directory.resolve("state").toString());
    configure("allow_dest: [/srv]\n");
  }

  private void configure(String yaml) throws IOException {
    Path config = AgentFixture.trusted(directory.resolve("config.yml"), yaml);
    environment.put("STRETCHER_CONFIG", config.toString());
  }

  private Cli.Result doctor(String... args) {
    List<String> all = new ArrayList<>(List.of("doctor"));
    all.addAll(List.of(args));
    Cli.Result result = Cli.launch(all, InputStream.nullInputStream(), environment);
    assertThat(result.out() + result.err()).doesNotContain("Exception", "\tat ");
    return result;
  }

  private Host host(String... args) throws Exception {
    List<String> all = new ArrayList<>(List.of("doctor"));
    all.addAll(List.of(args));
    String[] line = all.toArray(String[]::new);
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Surroundings surroundings =
        new Surroundings(
            InputStream.nullInputStream(), nowhere, nowhere, false, environment, Map.of());
    Invocation invocation =
        Invocation.of(new DoctorCommand(), Given.parse(Commands.flags(line), line), surroundings);
    return new Host(invocation.configured(), Optional.empty());
  }

  private static void assertProblem(List<Finding> findings, String text, String remedy) {
    List<Finding> problems = findings.stream().filter(Problem.class::isInstance).toList();
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).text()).contains(text);
    assertThat(((Problem) problems.get(0)).remedy()).contains(remedy);
  }

  @Test
  void aHealthyHostHasNoProblem() {
    Cli.Result result = doctor();

    assertThat(result.exitCode()).as(result.out()).isZero();
    assertThat(result.out().lines()).allMatch(line -> line.matches("(ok|note) .*"));
    assertThat(result.out())
        .contains(System.getProperty("java.version"), directory + "/config.yml", state.toString());
    assertThat(result.err()).startsWith("0 problems, ");
  }

  @Test
  void aWrongConfigurationIsAProblemAndTheOtherChecksGoOn() throws Exception {
    configure("allow_dst: [/srv]\nretry: many\n");

    Cli.Result result = doctor();

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out())
        .contains("problem  configuration", "allow_dst", "retry", "-> mend the file")
        .contains("ok       state", "tools");
    assertThat(result.err()).startsWith("1 problem, ");
  }

  @Test
  void soIsOneThatOthersMayChange() throws Exception {
    Files.setPosixFilePermissions(
        directory.resolve("config.yml"), PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThat(doctor().out()).contains("problem  configuration", "chmod go-w");
  }

  @Test
  void aProgramGetsJson() throws Exception {
    configure("no_such_key: 1\n");

    Cli.Result result = doctor("--format=json");

    JsonNode json = new ObjectMapper().readTree(result.out());
    assertThat(json.get("ok").asBoolean()).isFalse();
    assertThat(json.get("findings"))
        .anyMatch(
            finding ->
                finding.get("check").asText().equals("configuration")
                    && finding.get("result").asText().equals("problem")
                    && finding.get("text").asText().contains("no_such_key")
                    && !finding.get("remedy").asText().isEmpty());
    assertThat(json.get("findings")).anyMatch(finding -> !finding.has("remedy"));
    assertThat(result.out().lines()).hasSize(1);
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void aCheckThatThrowsIsAProblemAndTheOthersGoOn() throws Exception {
    for (Exception thrown : List.of(new IOException("gone"), new IllegalStateException("gone"))) {
      Check broken = new Broken(thrown);

      Examination examination = Examination.of(List.of(broken, new JavaCheck()), host());

      assertThat(examination.isHealthy()).isFalse();
      assertProblem(
          examination.results().stream().map(Examination.Result::finding).toList(),
          "cannot look at broken: ",
          "");
      assertThat(examination.count(Ok.class)).isEqualTo(1);
    }
  }

  private record Broken(Exception thrown) implements Check {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public List<Finding> look(Host host) throws IOException {
      if (thrown instanceof IOException io) {
        throw io;
      }
      throw (RuntimeException) thrown;
    }
  }

  @Test
  void aSmallHeapIsAProblem() throws Exception {
    assertProblem(new JavaCheck(16 << 20).look(host()), "the heap may have", "JAVA_OPTS");
    environment.put("JAVA_OPTS", "-Dsecret=value");
    assertThat(new JavaCheck(128 << 20).look(host())).noneMatch(Problem.class::isInstance);
    assertThat(new JavaCheck(128 << 20).look(host()).toString()).doesNotContain("secret");
  }

  @Test
  void anArchiveOfClassesIsInUseOrTheReasonIsTold() throws Exception {
    Path cache =
        Files.createDirectory(
            directory.resolve("cache"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Map<String, String> said = new TreeMap<>();
    Check check = new ClassDataCheck(said::get);

    assertThat(check.look(host())).singleElement().isInstanceOf(Note.class);
    said.put("stretcher.cache", cache.toString());
    assertThat(check.look(host()).get(0).text()).contains("none is there yet", "stretcher prepare");
    Files.writeString(cache.resolve("stretcher-123.log"), "no space");
    assertProblem(check.look(host()), cache + "/stretcher-123.log", "stretcher prepare");
    said.put("stretcher.archive", "/c/stretcher-1-2.jsa");
    assertThat(check.look(host())).containsExactly(new Ok("in use, /c/stretcher-1-2.jsa"));
    said.remove("stretcher.archive");
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertProblem(check.look(host()), "is not used: ", "STRETCHER_CACHE_DIR");
  }

  @Test
  void aStateDirectoryThatOthersMayChangeIsAProblem() throws Exception {
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertProblem(new StateCheck().look(host()), state + " is not used: ", "--state-dir");

    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(new StateCheck().look(host())).hasSize(2).last().isInstanceOf(Note.class);

    Path file = Files.writeString(directory.resolve("file"), "");
    assertProblem(new StateCheck().look(host("--state-dir=" + file)), "is no directory", "remove");
    assertThat(new StateCheck().look(host("--state-dir=")))
        .singleElement()
        .isInstanceOf(Note.class);
  }

  @Test
  void aLockThatSomebodyHoldsIsAProblem() throws Exception {
    Path lock = Files.writeString(state.resolve("ledger.lock"), "");
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertThat(held.isValid()).isTrue();
      assertProblem(new StateCheck().look(host()), "another process holds " + lock, "fuser");
    }
    assertThat(new StateCheck().look(host())).noneMatch(Problem.class::isInstance);
  }

  @Test
  void aLockThatIsHeldForAMomentIsNone() throws Exception {
    Path lock = Files.writeString(state.resolve("ledger.lock"), "");
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      FileLock held = channel.lock();
      List<FileLock> looks = new ArrayList<>();
      StateCheck check =
          new StateCheck(
              () -> {
                looks.add(held);
                release(held);
              });

      assertThat(check.look(host())).allMatch(Ok.class::isInstance);
      assertThat(looks).hasSize(1);
    }
  }

  private static void release(FileLock held) {
    try {
      held.release();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aLedgerThatIsDamagedIsNotedAndStaysAsItIs() throws Exception {
    Path ledger = state.resolve("ledger.jsonl");
    Files.writeString(ledger, "no record\nnor this\nhalf a li");

    assertThat(new StateCheck().look(host()))
        .last()
        .asString()
        .startsWith("Note")
        .contains("no records: 2", "sets it aside");
    assertThat(doctor().exitCode()).isZero();

    assertThat(ledger).hasContent("no record\nnor this\nhalf a li");
    try (Stream<Path> files = Files.list(state)) {
      assertThat(files).containsExactly(ledger);
    }
  }

  @Test
  void aLedgerThatIsNoFileIsAProblemOfTheState() throws Exception {
    Path ledger = Files.createSymbolicLink(state.resolve("ledger.jsonl"), directory);

    assertProblem(new StateCheck().look(host()), ledger + ": it is not a file; remove it", "");
    assertThat(new SpaceCheck(store -> 1L << 40).look(host())).allMatch(Ok.class::isInstance);
  }

  @Test
  void tooLittleSpaceIsAProblem() throws Exception {
    assertProblem(new SpaceCheck(store -> 1 << 20).look(host()), "are free in", "TMPDIR");
    assertThat(new SpaceCheck(store -> 100 << 20).look(host())).allMatch(Note.class::isInstance);
    environment.put("TMPDIR", directory.resolve("nowhere").toString());
    assertProblem(new SpaceCheck(store -> 1L << 40).look(host()), "nowhere", "TMPDIR");
  }

  @Test
  void aStoreThatDoesNotAnswerIsAProblem() throws Exception {
    assertProblem(
        new StoreCheck().look(host("--store=consul://127.0.0.1:1")), "127.0.0.1:1", "address");
    assertProblem(new StoreCheck().look(host("--store=nowhere")), "the store is", "name the store");
    assertThat(new StoreCheck().look(host())).allMatch(Ok.class::isInstance);
  }

  @Test
  void aStoreThatHangsIsOneTooAndNobodyWaitsForIt() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "consul://127.0.0.1:" + silent.getLocalPort();

      assertProblem(
          new StoreCheck(Duration.ofMillis(1)).look(host("--store=" + address)),
          address + " did not answer within 1ms",
          "address");
    }
  }

  @Test
  void soIsNoneWhereThisHostHasApps() throws Exception {
    configure("apps: [shop, blog]\n");
    assertProblem(new StoreCheck().look(host()), "has apps (shop, blog)", "STRETCHER_STORE");
  }

  @Test
  void whatLetsNoDeployBeginIsAProblem() throws Exception {
    assertThat(new ConfigurationCheck().look(host())).noneMatch(Problem.class::isInstance);
    environment.put("STRETCHER_SYNC_STRATEGY", "rsnc");
    assertProblem(
        new ConfigurationCheck().look(host()), "no sync_strategy 'rsnc'", "change the setting");
    environment.remove("STRETCHER_SYNC_STRATEGY");
    configure("run_as: nosuch\nallow_dest: [/srv]\n");
    assertProblem(
        new ConfigurationCheck().look(host()),
        "there is no user 'nosuch' on this host; create it",
        "");
  }

  @Test
  void whyNoStateIsKeptIsTold() throws Exception {
    assertThat(new StateCheck().look(host("--state-dir=")).get(0).text())
        .contains("since --state-dir, or its key in the configuration, is empty");
    Path file = Files.writeString(directory.resolve("file"), "");
    environment.put("XDG_STATE_HOME", file.toString());
    assertThat(new StateCheck().look(host()).get(0).text())
        .contains("since this user cannot make " + file + "/stretcher");
  }

  @Test
  void aStateThatIsNotUsedIsToldOnce() throws Exception {
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThat(doctor().err()).startsWith("1 problem, ");
  }

  @Test
  void soIsATokenThatMayNotDoWhatTheHostHasTo() throws Exception {
    try (ConsulDouble consul = ConsulDouble.start()) {
      consul.allow("weak-token", "stretcher/logs/");
      consul.allow("right-token", "stretcher/");
      configure("apps: [shop]\nnode: web1\nstore: %s\n".formatted(consul.address()));

      environment.put("CONSUL_HTTP_TOKEN", "unknown-token");
      assertProblem(new StoreCheck().look(host()), "unknown or has expired", "token");
      environment.put("CONSUL_HTTP_TOKEN", "weak-token");
      List<Finding> weak = new StoreCheck().look(host());
      assertProblem(weak, "stretcher/hosts/web1/shop", "policy");
      assertThat(weak.toString()).doesNotContain("weak-token");
      environment.put("CONSUL_HTTP_TOKEN", "right-token");
      assertThat(new StoreCheck().look(host())).allMatch(Ok.class::isInstance);
      assertThat(consul.requests()).noneMatch(request -> request.contains("session"));
    }
  }

  @Test
  void aStoreInADirectoryIsLookedAtAndNothingIsWritten() throws Exception {
    Path store = directory.resolve("store");
    configure("apps: [shop]\nstore: file:%s\n".formatted(store));

    List<Finding> findings = new StoreCheck().look(host());
    assertThat(findings).noneMatch(Problem.class::isInstance);
    assertThat(findings.get(0).text()).contains(store + " is not there", "unless the address");
    assertThat(store).doesNotExist();
    Files.createDirectory(store);
    assertThat(new StoreCheck().look(host())).allMatch(Ok.class::isInstance);
  }

  @Test
  void aClockThatIsAnotherThanThatOfAServerIsAProblem() throws Exception {
    Instant now = Instant.parse("2026-01-31T12:00:00Z");
    InstantSource clock = InstantSource.fixed(now);
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      configure("allow_sources: ['%s']\n".formatted(server.url("/apps/")));

      server.enqueue(at(now.plusSeconds(1)));
      assertThat(new ClockCheck(clock).look(host())).allMatch(Ok.class::isInstance);
      server.enqueue(at(now.plusSeconds(20)));
      assertThat(new ClockCheck(clock).look(host()).get(0).text()).startsWith("20s behind");
      server.enqueue(at(now.minusSeconds(3600)));
      assertProblem(new ClockCheck(clock).look(host()), "1h0m0s ahead of", "chrony");
      server.enqueue(at(now.minusSeconds(3600)));
      assertProblem(
          new ClockCheck(clock).look(host("--store=consul://127.0.0.1:" + server.getPort())),
          "ahead of that of consul://127.0.0.1",
          "chrony");
    }
    assertThat(new ClockCheck(clock).look(host())).singleElement().isInstanceOf(Note.class);
    configure("");
    assertThat(new ClockCheck(clock).look(host()).get(0).text()).startsWith("not compared");
  }

  private static MockResponse at(Instant time) {
    return new MockResponse.Builder()
        .code(403)
        .setHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atZone(ZoneOffset.UTC)))
        .build();
  }

  @Test
  void credentialsThatCannotBeUsedAreProblems() throws Exception {
    environment.put("AWS_ACCESS_KEY_ID", "AKIA");
    assertProblem(new S3CredentialsCheck().look(host()), "AWS_SECRET_ACCESS_KEY is not", "both");
    environment.remove("AWS_ACCESS_KEY_ID");
    environment.put("AWS_WEB_IDENTITY_TOKEN_FILE", "/no/such/token");
    assertProblem(new S3CredentialsCheck().look(host()), "/no/such/token", "token");
    Path token = Files.writeString(directory.resolve("token"), "");
    environment.put("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString());
    assertProblem(new S3CredentialsCheck().look(host()), "AWS_ROLE_ARN is not", "AWS_ROLE_ARN");
    environment.put("GOOGLE_APPLICATION_CREDENTIALS", "/no/such/key.json");
    assertProblem(new GcsCredentialsCheck().look(host()), "/no/such/key.json", "unset");
    environment.put("NETRC", "/no/such/netrc");
    assertProblem(new HttpCredentialsCheck().look(host()), "/no/such/netrc", "unset NETRC");
    environment.remove("NETRC");
    assertProblem(
        new HttpCredentialsCheck().look(host("--http-header=h/Authorization=NO_SUCH")),
        "Authorization for h",
        "NO_SUCH");
    assertProblem(
        new HttpCredentialsCheck().look(host("--ca-file=/no/such/ca.pem")), "ca.pem", "make");
    environment.put("CONSUL_HTTP_TOKEN_FILE", "/no/such/token");
    assertProblem(
        new ConsulCredentialsCheck().look(host("--store=consul://127.0.0.1:1")),
        "CONSUL_HTTP_TOKEN_FILE",
        "make");
  }

  @Test
  void whereCredentialsComeFromIsToldAndNotWhatTheyAre() throws Exception {
    for (String name :
        List.of(
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "CONSUL_HTTP_TOKEN",
            "CONSUL_HTTP_AUTH")) {
      environment.put(name, "hunter2-" + name);
    }
    environment.put("ARTIFACTS_TOKEN", "hunter2");
    Path netrc = directory.resolve(".netrc");
    Files.writeString(netrc, "machine h login u password hunter2");
    Files.setPosixFilePermissions(netrc, PosixFilePermissions.fromString("rw-r--r--"));
    configure("http_header: [h/Authorization=ARTIFACTS_TOKEN]\n");

    Cli.Result result = doctor("--store=consul://u:hunter2@127.0.0.1:1");

    assertThat(result.out())
        .contains("header Authorization for h, from ARTIFACTS_TOKEN")
        .contains("logins from " + netrc + ", which others may read")
        .contains("credentials of the environment, AWS_ACCESS_KEY_ID")
        .contains("a token, CONSUL_HTTP_TOKEN", "a login, CONSUL_HTTP_AUTH");
    assertThat(result.out() + result.err()).doesNotContain("hunter2");
  }

  @Test
  void profilesAndOtherPlacesOfCredentialsAreNamed() throws Exception {
    assertThat(new S3CredentialsCheck().look(host()).get(0).text()).contains("instance metadata");
    assertThat(new GcsCredentialsCheck().look(host()).get(0).text()).contains("metadata server");
    environment.put("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/v2/x");
    assertThat(new S3CredentialsCheck().look(host()).get(0).text()).contains("container");
    Path aws = Files.createDirectory(directory.resolve(".aws")).resolve("credentials");
    Files.writeString(aws, "");
    environment.put("AWS_PROFILE", "deploys");
    assertThat(new S3CredentialsCheck().look(host()).get(0).text())
        .contains("profile deploys of " + aws);
    Path gcloud = Files.createDirectories(directory.resolve(".config/gcloud"));
    Files.writeString(gcloud.resolve("application_default_credentials.json"), "");
    assertThat(new GcsCredentialsCheck().look(host()).get(0).text()).contains(gcloud.toString());
  }

  @Test
  void aToolIsAProblemOnlyIfThisHostNeedsIt() throws Exception {
    environment.put("PATH", Files.createDirectory(directory.resolve("empty")).toString());
    assertProblem(new ToolsCheck().look(host()), "sh is not on PATH", "install it");

    Path bin = Files.createDirectory(directory.resolve("bin"));
    Path shell = Files.writeString(bin.resolve("sh"), "");
    assertThat(shell.toFile().setExecutable(true)).isTrue();
    environment.put("PATH", bin.toString());
    assertThat(new ToolsCheck().look(host())).noneMatch(Problem.class::isInstance);
    assertProblem(new ToolsCheck().look(host("--sync-strategy=rsync")), "rsync", "Debian: rsync");
    assertProblem(new ToolsCheck().look(host("--decompressor=igzip")), "igzip", "Debian: isal");
    environment.put("NOTIFY_SOCKET", "/run/x");
    assertProblem(new ToolsCheck().look(host()), "systemd-notify", "systemd");
  }
}
