package dev.headgate.cli;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a class may not do, as functions from classes to the places where they do it. */
final class ClassRules {
  private static final List<String> NEVER_IN_CORES =
      List.of(
          "java.io.",
          "java.nio.file.",
          "java.nio.channels.",
          "java.net.",
          "java.sql.",
          "javax.sql.",
          "java.util.concurrent.",
          "java.util.logging.",
          "java.util.random.",
          "java.util.Random",
          "java.util.Timer",
          "java.security.SecureRandom",
          "java.time.Clock",
          "java.time.InstantSource",
          "java.lang.Thread",
          "java.lang.Process",
          "java.lang.Runtime",
          "java.lang.System$Logger",
          "org.slf4j.");

  /** Marks a class and does nothing. */
  private static final Set<String> HARMLESS = Set.of("java.io.Serializable", "java.io.Serial");

  /** Members of classes that a core may use otherwise. */
  private static final Set<String> NEVER_CALLED_IN_CORES =
      Set.of(
          "java.lang.System.out",
          "java.lang.System.err",
          "java.lang.System.in",
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.identityHashCode",
          "java.lang.System.getenv",
          "java.lang.System.getProperty",
          "java.lang.System.exit",
          "java.lang.Math.random",
          "java.lang.StrictMath.random",
          "java.util.UUID.randomUUID",
          "java.util.Collections.shuffle",
          "java.lang.Object.wait",
          "java.lang.Object.notify",
          "java.lang.Object.notifyAll",
          "java.lang.Throwable.printStackTrace");

  private ClassRules() {}

  /**
   * Where the classes use files, sockets, threads, processes, loggers or sources of chance.
   *
   * @param allowed names of types that are none of these here
   */
  static Set<String> outsideUsed(Iterable<JavaClass> classes, Set<String> allowed) {
    Set<String> places = new TreeSet<>();
    for (JavaClass type : classes) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getBaseComponentType().getName();
        if (!HARMLESS.contains(target)
            && !allowed.contains(target)
            && NEVER_IN_CORES.stream().anyMatch(never -> isOrStartsWith(target, never))) {
          places.add(dependency.getDescription());
        }
      }
    }
    return places;
  }

  /** Where the classes ask the machine for the time, for chance or for its settings. */
  static Set<String> timeAndChanceUsed(Iterable<JavaClass> classes) {
    Set<String> places = new TreeSet<>();
    for (JavaClass type : classes) {
      for (JavaAccess<?> access : type.getAccessesFromSelf()) {
        String owner = access.getTargetOwner().getName();
        boolean now = owner.startsWith("java.time.") && access.getName().equals("now");
        if (now || NEVER_CALLED_IN_CORES.contains(owner + "." + access.getName())) {
          places.add(access.getDescription());
        }
      }
    }
    return places;
  }

  /** Types that are neither the JDK's nor ours in what the public types show. */
  static Set<String> thirdPartyShown(Iterable<JavaClass> classes) {
    Set<String> places = new TreeSet<>();
    for (JavaClass type : classes) {
      if (isPublic(type)) {
        shownTypes(type).stream()
            .filter(shown -> !shown.startsWith("java.") && !shown.startsWith("dev.headgate."))
            .filter(shown -> shown.contains("."))
            .forEach(shown -> places.add(type.getName() + " shows " + shown));
      }
    }
    return places;
  }

  private static boolean isOrStartsWith(String name, String never) {
    return never.endsWith(".")
        ? name.startsWith(never)
        : name.equals(never) || name.startsWith(never + "$") || isThreadKind(name, never);
  }

  /**
   * {@code ThreadLocal}, {@code ProcessBuilder} and the like are as forbidden as what they serve.
   */
  private static boolean isThreadKind(String name, String never) {
    return never.startsWith("java.lang.") && !never.contains("Runtime") && name.startsWith(never);
  }

  static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ClassRules::isPublic).orElse(true);
  }

  /** Every type that a user of the type sees in its signatures. */
  private static Set<String> shownTypes(JavaClass type) {
    List<JavaType> shown = new ArrayList<>(type.getInterfaces());
    type.getSuperclass().ifPresent(shown::add);
    for (JavaCodeUnit unit : type.getCodeUnits()) {
      if (isShown(unit.getModifiers())) {
        shown.add(unit.getReturnType());
        shown.addAll(unit.getParameterTypes());
        shown.addAll(unit.getExceptionTypes());
      }
    }
    type.getFields().stream()
        .filter(field -> isShown(field.getModifiers()))
        .forEach(field -> shown.add(field.getType()));
    Set<String> names = new TreeSet<>();
    for (JavaType each : shown) {
      each.getAllInvolvedRawTypes().forEach(raw -> names.add(raw.getBaseComponentType().getName()));
    }
    return names;
  }

  private static boolean isShown(Set<JavaModifier> modifiers) {
    return !modifiers.contains(JavaModifier.SYNTHETIC)
        && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
  }
}
