package dev.stretcher.sources.internal.http;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Hands a resource that one thread opens to another that waits for it and may be interrupted. If
 * nobody waits any more, the resource is closed.
 */
public final class Handover<T extends Closeable> {
  private final CompletableFuture<T> future = new CompletableFuture<>();

  /** Hands {@code opened} over. */
  public void deliver(T opened) throws IOException {
    if (!future.complete(opened)) {
      opened.close();
    }
  }

  /** Lets {@link #await} fail with {@code e}. */
  public void fail(IOException e) {
    future.completeExceptionally(e);
  }

  /** Waits for the other thread. */
  public T await() throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      // Completes the future, unless it was completed just now.
      if (!future.cancel(false) && !future.isCompletedExceptionally()) {
        future.join().close();
      }
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
