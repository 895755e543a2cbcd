package test;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;

/** Runs every method that begins with "test" and tells how each went, in the subunit format. */
public final class AllTests {
  public static void main(String[] arguments) throws Exception {
    String[] names = new File("test").list((folder, name) -> name.endsWith("Test.java"));
    Arrays.sort(names);
    Subunit stream = new Subunit(System.out);
    boolean failed = false;
    for (String name : names) {
      failed |= run(Class.forName("test." + name.replace(".java", "")), stream);
    }
    System.exit(failed ? 1 : 0);
  }

  private static boolean run(Class<?> type, Subunit stream) throws Exception {
    boolean failed = false;
    Method[] methods = type.getDeclaredMethods();
    Arrays.sort(methods, Comparator.comparing(Method::getName));
    for (Method method : methods) {
      if (!method.getName().startsWith("test")) {
        continue;
      }
      String id = type.getSimpleName() + "." + method.getName();
      stream.began(id);
      try {
        method.invoke(type.getDeclaredConstructor().newInstance());
        stream.passed(id);
      } catch (InvocationTargetException e) {
        failed = true;
        stream.failed(id, e.getCause());
      }
    }
    return failed;
  }
}
