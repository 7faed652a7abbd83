package dev.stretcher.agent;

import dev.stretcher.Stretcher;
import dev.stretcher.fleet.AppName;
import dev.stretcher.release.Release;
import dev.stretcher.report.DeployListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The library that deploys an app, made when it is first needed. Thread-safe. */
final class AppLibrary implements AutoCloseable {
  private final AppName app;
  private final Deployer deployer;
  private final DeployListener listener;
  private @Nullable Stretcher made;

  AppLibrary(AppName app, Deployer deployer, DeployListener listener) {
    this.app = app;
    this.deployer = deployer;
    this.listener = listener;
  }

  synchronized Stretcher get() {
    if (made == null) {
      made = deployer.of(app, listener);
    }
    return made;
  }

  List<Release> releases(Path dest) throws IOException {
    return get().releases(dest);
  }

  @Override
  public synchronized void close() {
    if (made != null) {
      made.close();
    }
  }
}
