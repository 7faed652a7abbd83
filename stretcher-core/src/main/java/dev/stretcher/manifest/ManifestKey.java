package dev.stretcher.manifest;

import dev.stretcher.yaml.Fields;
import java.util.Optional;

/**
 * A key of a manifest, described once: its name, how it is read, where its value is in a {@link
 * Manifest}, and how its value is shown. This description serves to read, check, log and document
 * manifests. The keys are in {@link ManifestKeys} and {@link RuleKeys}. Immutable.
 *
 * @param <T> what its value is read as
 */
public abstract class ManifestKey<T> {
  private final String name;
  private final String type;
  private final String standard;

  /**
   * Describes a key.
   *
   * @param name as a manifest has it
   * @param type what may stand there, as the reference says it
   * @param standard what an absent key means, as the reference says it
   */
  ManifestKey(String name, String type, String standard) {
    this.name = name;
    this.type = type;
    this.standard = standard;
  }

  /** Returns the name, as a manifest has it. */
  public final String name() {
    return name;
  }

  /** Returns what may stand there, for the reference. */
  final String type() {
    return type;
  }

  /** Returns what an absent key means, for the reference. */
  final String standard() {
    return standard;
  }

  /**
   * Tells whether the key describes an archive or its place, so that it means nothing without src.
   */
  boolean needsSrc() {
    return true;
  }

  /** Reads the value and reports what is wrong with it as a problem. Empty if the key is absent. */
  abstract Optional<T> read(Fields fields);

  /** Returns the value in a manifest; empty if it is the value that an absent key means. */
  public abstract Optional<T> of(Manifest manifest);

  /**
   * Returns the value as plain data, for the log: a text, a number, a duration, or a list or map of
   * these. Never a secret.
   */
  Object shown(T value) {
    return value.toString();
  }

  /** Returns the value as a manifest has it: a text, or a list or map of such values. */
  Object written(T value) {
    return value.toString();
  }

  /** Returns the words of a check for the value; empty if another step of the check shows it. */
  String step(T value) {
    return "";
  }

  /** Returns the value in a manifest as plain data, see {@link #shown}. */
  public final Optional<Object> shownOf(Manifest manifest) {
    return of(manifest).map(this::shown);
  }

  /** Returns the value in a manifest as its text has it, see {@link #written}. */
  final Optional<Object> writtenOf(Manifest manifest) {
    return of(manifest).map(this::written);
  }

  /** Returns the words of a check for the value in a manifest; empty if there are none. */
  public final String stepOf(Manifest manifest) {
    return of(manifest).map(this::step).orElse("");
  }

  /** Returns the name. */
  @Override
  public final String toString() {
    return name;
  }
}
