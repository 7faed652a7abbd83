package dev.stretcher.internal.template;

import java.util.Objects;

/** An action of a template cannot be replaced. */
final class TemplateException extends Exception {
  private static final long serialVersionUID = 1L;

  TemplateException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
