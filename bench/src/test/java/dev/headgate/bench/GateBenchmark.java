package dev.headgate.bench;

import dev.headgate.gate.Event;
import dev.headgate.gate.Step;
import dev.headgate.gate.Window;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One decision of a gate whose queue stays at one length, with all its quantiles. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class GateBenchmark {
  /** The length of the queue. */
  @Param({"100", "1000", "10000"})
  public int items;

  /** Whether the window has no bound; if it has, it starts at 20. */
  @Param({"false", "true"})
  public boolean unbounded;

  private GateLoad load = new GateLoad(1, Window.DEFAULT);

  /** Made by the harness. */
  public GateBenchmark() {}

  /** Fills the queue. */
  @Setup
  public void fill() {
    load = new GateLoad(items, unbounded ? Window.UNBOUNDED : Window.DEFAULT);
  }

  /** The event is chosen and its answers are noted in the time too, which adds about 0.2 us. */
  @Benchmark
  public Step decide() {
    Event event = load.next();
    Step step = load.decide(event);
    load.answer(event, step);
    return step;
  }
}
