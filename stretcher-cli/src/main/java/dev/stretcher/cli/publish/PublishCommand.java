package dev.stretcher.cli.publish;

import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.fleet.StoreArgument;
import dev.stretcher.cli.invocation.Command;
import dev.stretcher.cli.invocation.Example;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.cli.invocation.PluginLoader;
import dev.stretcher.cli.invocation.SigningKey;
import dev.stretcher.cli.log.PublishProgress;
import dev.stretcher.cli.rollout.RuleFlags;
import dev.stretcher.fleet.MalformedValueException;
import dev.stretcher.fleet.PublishedMeanwhileException;
import dev.stretcher.manifest.ManifestException;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import dev.stretcher.publication.ManifestTemplate;
import dev.stretcher.publication.Publication;
import dev.stretcher.publish.ObjectStore;
import dev.stretcher.publish.ObjectStoreProvider;
import dev.stretcher.publish.ObjectStores;
import dev.stretcher.sign.SecretKey;
import dev.stretcher.sources.GcsObjectStores;
import dev.stretcher.sources.HttpObjectStores;
import dev.stretcher.sources.S3ObjectStores;
import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.sources.setting.SourceSettings;
import dev.stretcher.sync.Excludes;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Publishes a version: packs, signs, uploads, and makes it desired. */
public final class PublishCommand implements Command {
  private static final int FAILURE = 1;

  @Override
  public String name() {
    return "publish";
  }

  @Override
  public String parameter() {
    return "DIR|ARCHIVE";
  }

  @Override
  public String summary() {
    return "Packs and uploads a version, and makes it desired.";
  }

  @Override
  public List<Setting<?>> flags() {
    List<Setting<?>> flags = new ArrayList<>(PublishSettings.ALL);
    flags.addAll(RuleFlags.ALL);
    return flags;
  }

  /** It runs where versions are made, and a script has to know whether one was published. */
  @Override
  public boolean isInquiry(Options options) {
    return true;
  }

  @Override
  public List<Example> examples() {
    return List.of(
        new Example(
            "Publish a version to a bucket, and let all hosts have it.",
            "stretcher publish build/shop --app shop --to s3://deploys --manifest m.yml"),
        new Example(
            "See first what would change.",
            "stretcher publish --dry-run b.tgz --app shop --to s3://d --manifest m.yml"));
  }

  @Override
  public int run(Invocation invocation) throws UsageException {
    PublishArguments arguments = PublishArguments.of(invocation);
    try {
      publish(arguments, invocation);
      return 0;
    } catch (ManifestException e) {
      e.problems()
          .forEach(
              problem ->
                  StoreArgument.complain(
                      invocation, FAILURE, arguments.manifest() + ": " + problem));
      return FAILURE;
    } catch (FileSystemException e) {
      return StoreArgument.complain(invocation, FAILURE, said(e));
    } catch (IOException
        | PublishedMeanwhileException
        | MalformedValueException
        | IllegalArgumentException e) {
      return StoreArgument.complain(invocation, FAILURE, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      return StoreArgument.complain(
          invocation, FAILURE, "cancelled; the same command goes on where it stopped");
    }
  }

  private static String said(FileSystemException e) {
    String reason =
        e.getReason() != null
            ? e.getReason()
            : e instanceof AccessDeniedException
                ? "permission denied"
                : e.getClass().getSimpleName();
    return e.getFile() + ": " + reason;
  }

  private static void publish(PublishArguments arguments, Invocation invocation)
      throws UsageException,
          ManifestException,
          PublishedMeanwhileException,
          MalformedValueException,
          IOException,
          InterruptedException {
    Optional<SecretKey> key = SigningKey.of(invocation);
    boolean terminal = invocation.surroundings().terminal();
    try (ObjectStore objects =
            ObjectStores.open(
                arguments.to(),
                invocation.surroundings().environment(),
                objectStores(invocation),
                PluginLoader.ofClassPath());
        PublishProgress progress =
            new PublishProgress(
                invocation.surroundings().err(), terminal, System::nanoTime, invocation.words());
        NamedStore store = NamedStore.of(arguments.store(), invocation)) {
      new PublishRun(invocation, arguments, store, progress)
          .run(publication(arguments, invocation, objects, key, progress));
    } finally {
      key.ifPresent(SecretKey::close);
    }
  }

  /** Returns those that connect as the command line says. */
  private static List<ObjectStoreProvider> objectStores(Invocation invocation) {
    HttpSettings http =
        SourceSettings.http(invocation.options(), invocation.surroundings().environment());
    return List.of(new HttpObjectStores(http), new S3ObjectStores(http), new GcsObjectStores(http));
  }

  private static Publication publication(
      PublishArguments arguments,
      Invocation invocation,
      ObjectStore objects,
      Optional<SecretKey> key,
      PublishProgress progress)
      throws IOException, UsageException {
    Options options = invocation.options();
    try {
      return new Publication(
          arguments.app(),
          arguments.source(),
          ManifestTemplate.read(arguments.manifest()),
          objects,
          arguments.id(),
          key,
          arguments.env(),
          options.get(PublishSettings.FOR).equals(PublishSettings.GO),
          Excludes.of(options.get(PublishSettings.EXCLUDE))::excludes,
          options,
          invocation.surroundings().environment(),
          progress,
          Clock.systemUTC());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--id: " + e.getMessage());
    }
  }
}
