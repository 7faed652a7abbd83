package dev.stretcher.cli.doctor;

/** What a check has found. */
sealed interface Finding {
  /** Returns it in a sentence, without a secret. */
  String text();

  /** Something is as it should be. */
  record Ok(String text) implements Finding {}

  /** Something is good to know, and no deploy fails for it. */
  record Note(String text) implements Finding {}

  /**
   * Something is wrong.
   *
   * @param remedy what to do about it
   */
  record Problem(String text, String remedy) implements Finding {}
}
