package dev.headgate.reports;

import dev.headgate.subunit.Bytes;
import java.io.IOException;

/** A writer's inner half: gets whole tests in the order in which they ended. */
interface TestTaker {
  /** A test, with all attempts that followed one another. */
  void test(AssembledTest test) throws IOException;

  /** Output of a route as a whole. */
  default void output(String route, String fileName, Bytes content) throws IOException {}

  /** There is nothing more. */
  void end() throws IOException;
}
