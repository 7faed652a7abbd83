package dev.stretcher.examples;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.Constructor;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A type as its users see it: a line for the type, and one for each member that they can reach, in
 * an order that depends on neither the compiler nor the JDK.
 */
final class ApiText {
  /** What {@link Object} promises already. */
  private static final Set<String> OF_EACH_OBJECT = Set.of("equals", "hashCode", "toString");

  private static final Set<String> OF_EACH_ENUM = Set.of("values", "valueOf");

  private final Class<?> type;

  private ApiText(Class<?> type) {
    this.type = type;
  }

  /** Returns the lines of a type and of the types in it. */
  static List<String> of(Class<?> type) {
    List<String> lines = new ArrayList<>();
    ApiText text = new ApiText(type);
    lines.add(text.heading());
    lines.addAll(text.members());
    Stream.of(type.getDeclaredClasses())
        .filter(nested -> Signatures.isVisible(nested.getModifiers()))
        .sorted(Comparator.comparing(Class::getName))
        .forEach(nested -> lines.addAll(of(nested)));
    return lines;
  }

  private String heading() {
    boolean isPlainClass = kind().equals("class");
    int told = isPlainClass ? type.getModifiers() & ~Modifier.STATIC : 0;
    String name = type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    return Signatures.modifiers(told)
        + (type.isSealed() ? "sealed " : "")
        + kind()
        + " "
        + name
        + Signatures.variables(type)
        + (type.isRecord() ? components() : "")
        + parents();
  }

  private String kind() {
    if (type.isRecord()) {
      return "record";
    }
    if (type.isEnum()) {
      return "enum";
    }
    return type.isInterface() ? "interface" : "class";
  }

  private String components() {
    return Stream.of(type.getRecordComponents())
        .map(each -> Signatures.text(each.getAnnotatedType()) + " " + each.getName())
        .collect(joining(", ", "(", ")"));
  }

  private String parents() {
    Type parent = type.getGenericSuperclass();
    boolean isImplied =
        parent == null || parent == Object.class || type.isEnum() || type.isRecord();
    return (isImplied ? "" : " extends " + Signatures.text(parent))
        + Signatures.list(
            type.isInterface() ? " extends " : " implements ", type.getGenericInterfaces())
        + (type.isSealed() ? Signatures.list(" permits ", permitted()) : "");
  }

  private Class<?>[] permitted() {
    Class<?>[] permitted = type.getPermittedSubclasses();
    Arrays.sort(permitted, Comparator.comparing(Class::getName));
    return permitted;
  }

  private List<String> members() {
    List<String> lines = new ArrayList<>();
    for (Class<?> each : holders()) {
      told(each.getDeclaredFields()).map(Signatures::of).forEach(lines::add);
      told(each.getDeclaredMethods()).map(Signatures::of).forEach(lines::add);
    }
    told(type.getDeclaredConstructors()).map(Signatures::of).forEach(lines::add);
    return lines.stream().distinct().sorted().map("  "::concat).toList();
  }

  /** Returns the type, and the hidden classes above it, whose members are reached through it. */
  private List<Class<?>> holders() {
    List<Class<?>> holders = new ArrayList<>(List.of(type));
    Class<?> parent = type.getSuperclass();
    while (parent != null && !Signatures.isVisible(parent.getModifiers())) {
      holders.add(parent);
      parent = parent.getSuperclass();
    }
    return holders;
  }

  private <M extends Member> Stream<M> told(M[] members) {
    return Stream.of(members)
        .filter(each -> Signatures.isVisible(each.getModifiers()))
        .filter(each -> !each.isSynthetic() && !isImplied(each));
  }

  private boolean isImplied(Member member) {
    if (member instanceof Constructor) {
      return type.isRecord()
          && Arrays.equals(
              ((Constructor<?>) member).getParameterTypes(),
              Stream.of(type.getRecordComponents()).map(RecordComponent::getType).toArray());
    }
    return member instanceof Method
        && (OF_EACH_OBJECT.contains(member.getName())
            || type.isEnum() && OF_EACH_ENUM.contains(member.getName())
            || type.isRecord() && isAccessor(member));
  }

  private boolean isAccessor(Member method) {
    return Stream.of(type.getRecordComponents())
        .anyMatch(each -> method.equals(each.getAccessor()));
  }
}
