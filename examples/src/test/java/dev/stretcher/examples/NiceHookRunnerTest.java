package dev.stretcher.examples;

import dev.stretcher.contract.HookRunnerContract;
import dev.stretcher.spi.HookRunner;

class NiceHookRunnerTest extends HookRunnerContract {
  @Override
  protected HookRunner runner() {
    return new NiceHookRunner();
  }
}
