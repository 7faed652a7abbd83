package dev.stretcher.internal.publish;

import dev.stretcher.contract.ObjectStoreContract;
import dev.stretcher.publish.ObjectStore;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class FileObjectStoreContractTest extends ObjectStoreContract {
  @TempDir private Path directory;

  @Override
  protected ObjectStore open() {
    URI address = URI.create("file:" + directory.resolve("deploys"));
    return new FileObjectStoreProvider().open(address, Map.of());
  }
}
