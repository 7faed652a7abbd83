package dev.stretcher.internal.store;

import dev.stretcher.store.Change;
import dev.stretcher.store.Lease;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** A lease on keys of a file. */
record FileLease(SharedFile shared, String id, String purpose, Duration ttl) implements Lease {
  void begin() throws IOException {
    shared.writing(this::last);
  }

  private boolean last(StoreFile file) throws IOException {
    file.append(StoreLine.until(id, shared.now().plus(ttl), purpose), false);
    return true;
  }

  @Override
  public boolean take(String key, String value) throws IOException {
    Change.requireSmall(key, value);
    return shared.writing(
        file -> {
          if (!file.index().leases().containsKey(id)) {
            throw new IOException(
                "the lease '%s' is over; it was not renewed in time".formatted(purpose));
          }
          Optional<String> holder = file.index().get(key).flatMap(place -> place.put().lease());
          if (holder.isPresent() && !holder.get().equals(id)) {
            return false;
          }
          StoreLine.Put put = new StoreLine.Put(key, 0, Optional.of(id), Optional.empty());
          file.append(StoreLine.put(put, value), false);
          return true;
        });
  }

  @Override
  public boolean renew() throws IOException {
    return shared.writing(file -> file.index().leases().containsKey(id) && last(file));
  }

  @Override
  public void close() throws IOException {
    shared.writing(
        file -> {
          if (file.index().leases().containsKey(id)) {
            SharedFile.end(file, id);
          }
          return true;
        });
  }
}
