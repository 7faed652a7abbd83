package dev.stretcher.report;

import java.util.Map;

/** The fields of a failure: its class, its stage, its reason, and the data of the class. */
final class FailureFields {
  private FailureFields() {}

  /** Puts the fields of a failure into {@code fields}; {@code name} is the name of its class. */
  static void putAll(Map<String, Object> fields, String name, StretcherException failure) {
    fields.put(name, new EventFields.Fixed(failure.getClass().getSimpleName()));
    EventFields.put(fields, "stage", failure.stage());
    EventFields.put(fields, "reason", failure.getMessage());
    EventFields.put(fields, "remedy", failure.remedy());
    putData(fields, failure);
  }

  private static void putData(Map<String, Object> fields, StretcherException failure) {
    if (failure instanceof StretcherException.BadManifest bad) {
      EventFields.put(fields, "uri", bad.uri());
      EventFields.put(fields, "problems", bad.problems());
    } else if (failure instanceof StretcherException.SourceUnavailable unavailable) {
      EventFields.put(fields, "uri", unavailable.uri());
    } else if (failure instanceof StretcherException.VerificationFailed unverified) {
      EventFields.put(fields, "uri", unverified.uri());
    } else if (failure instanceof StretcherException.BadArchive bad) {
      EventFields.put(fields, "entry", bad.entry());
    } else if (failure instanceof StretcherException.StorageFailed full) {
      EventFields.put(fields, "directory", full.directory());
    } else if (failure instanceof StretcherException.HookFailed hook) {
      EventFields.put(fields, "phase", hook.phase());
      EventFields.put(fields, "command", hook.command());
      EventFields.put(fields, "exitStatus", hook.exitStatus());
    } else if (failure instanceof StretcherException.TimedOut late) {
      EventFields.put(fields, "limit", late.limit());
    }
  }
}
