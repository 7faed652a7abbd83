package dev.stretcher.publish;

import dev.stretcher.contract.ObjectStoreContract;
import dev.stretcher.contract.ObjectsInMemory;
import dev.stretcher.spi.Source;
import java.util.Optional;

class ObjectsInMemoryContractTest extends ObjectStoreContract {
  private final ObjectsInMemory objects = new ObjectsInMemory();

  @Override
  protected ObjectStore open() {
    return objects;
  }

  @Override
  protected Optional<Source> source() {
    return Optional.of(objects);
  }
}
