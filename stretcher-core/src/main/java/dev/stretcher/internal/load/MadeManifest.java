package dev.stretcher.internal.load;

import dev.stretcher.manifest.Manifest;
import dev.stretcher.manifest.ManifestException;
import dev.stretcher.manifest.ManifestKey;
import dev.stretcher.manifest.ManifestKeys;
import dev.stretcher.manifest.ManifestReader;
import dev.stretcher.manifest.ManifestReader.Reading;
import dev.stretcher.text.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * A manifest that a program has made, read from its own text: so it meets each check that a fetched
 * one meets, and is the same as one that was published.
 */
final class MadeManifest {
  private MadeManifest() {}

  /** Reads the manifest, and finds what its text cannot say. */
  static Reading examine(ManifestReader reader, Manifest manifest, byte[] text)
      throws ManifestException {
    try {
      Reading reading = reader.examine(text);
      List<Problem> problems = nowhere(reading.problems());
      if (problems.isEmpty()) {
        problems.addAll(lost(manifest, reading.manifest()));
      }
      return new Reading(reading.values(), problems, nowhere(reading.warnings()));
    } catch (ManifestException e) {
      throw new ManifestException(nowhere(e.problems()));
    }
  }

  /** The program does not know the lines of the text. */
  private static List<Problem> nowhere(List<Problem> problems) {
    List<Problem> result = new ArrayList<>();
    for (Problem problem : problems) {
      result.add(new Problem(0, 0, problem.message()));
    }
    return result;
  }

  private static List<Problem> lost(Manifest manifest, Manifest read) {
    List<Problem> problems = new ArrayList<>();
    for (ManifestKey<?> key : ManifestKeys.ALL) {
      // A URL may be written in several ways.
      if (key != ManifestKeys.SRC && !key.of(manifest).equals(key.of(read))) {
        problems.add(
            new Problem(
                0,
                0,
                "%s has a value that the text of a manifest cannot have, such as a blank command or a name that is not UTF-8"
                    .formatted(key.name())));
      }
    }
    return problems;
  }
}
