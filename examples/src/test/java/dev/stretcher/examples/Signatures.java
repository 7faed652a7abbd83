package dev.stretcher.examples;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Members as {@link ApiText} tells them. The packages of types and the names of parameters are left
 * out.
 */
final class Signatures {
  private static final int TOLD =
      Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL;

  private Signatures() {}

  /** Whether code in another package may use what has these modifiers. */
  static boolean isVisible(int modifiers) {
    return (modifiers & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
  }

  static String of(Field field) {
    return field.isEnumConstant()
        ? field.getName()
        : modifiers(field.getModifiers()) + text(field.getAnnotatedType()) + " " + field.getName();
  }

  static String of(Constructor<?> constructor) {
    return modifiers(constructor.getModifiers()) + "new" + parameters(constructor);
  }

  static String of(Method method) {
    String variables = variables(method);
    return (method.isDefault() ? "default " : "")
        + modifiers(method.getModifiers())
        + (variables.isEmpty() ? "" : variables + " ")
        + text(method.getAnnotatedReturnType())
        + " "
        + method.getName()
        + parameters(method);
  }

  private static String parameters(Executable executable) {
    return Stream.of(executable.getAnnotatedParameterTypes())
            .map(Signatures::text)
            .collect(joining(", ", "(", ")"))
        + list(" throws ", executable.getGenericExceptionTypes());
  }

  static String variables(GenericDeclaration declaration) {
    TypeVariable<?>[] variables = declaration.getTypeParameters();
    return variables.length == 0
        ? ""
        : Stream.of(variables).map(Signatures::variable).collect(joining(", ", "<", ">"));
  }

  private static String variable(TypeVariable<?> variable) {
    String bounds =
        Stream.of(variable.getBounds())
            .filter(bound -> bound != Object.class)
            .map(Signatures::text)
            .collect(joining(" & "));
    return variable.getName() + (bounds.isEmpty() ? "" : " extends " + bounds);
  }

  static String list(String word, Type[] types) {
    return types.length == 0
        ? ""
        : Stream.of(types).map(Signatures::text).collect(joining(", ", word, ""));
  }

  static String text(AnnotatedType type) {
    return (type.isAnnotationPresent(Nullable.class) ? "@Nullable " : "") + text(type.getType());
  }

  static String text(Type type) {
    return type.getTypeName().replaceAll("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])", "").replace('$', '.');
  }

  static String modifiers(int modifiers) {
    int told = modifiers & TOLD;
    return told == 0 ? "" : Modifier.toString(told) + " ";
  }
}
