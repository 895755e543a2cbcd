package dev.headgate.store;

import dev.headgate.subunit.Status;
import dev.headgate.subunit.TestKey;
import java.util.ArrayList;
import java.util.List;

/**
 * What a sealed segment says of its own frames and tests, so that nobody must read it all.
 *
 * @param frames in their order
 * @param tests in the order in which they were first heard of
 */
record SegmentIndex(List<Frame> frames, List<RecordedTest> tests) {
  /**
   * One frame.
   *
   * @param offset of the compressed bytes in the file
   * @param compressedLength in bytes
   * @param rawLength of the packets in it, in bytes
   * @param lines how many ends of lines of raw output it holds
   */
  record Frame(long offset, int compressedLength, int rawLength, int lines) {}

  byte[] encode() {
    Fields.Output out = new Fields.Output();
    out.u32(frames.size());
    for (Frame frame : frames) {
      out.u64(frame.offset())
          .u32(frame.compressedLength())
          .u32(frame.rawLength())
          .u32(frame.lines());
    }
    out.u32(tests.size());
    for (RecordedTest test : tests) {
      out.text(test.key().route())
          .text(test.key().testId())
          .u32(test.key().attempt())
          .u16(test.status().code())
          .optionalInstant(test.began())
          .optionalDuration(test.duration())
          .u32(test.firstFrame())
          .u32(test.lastFrame())
          .text(test.snippet());
    }
    return out.toByteArray();
  }

  static SegmentIndex decode(byte[] bytes) throws SegmentDamage {
    Fields.Input in = new Fields.Input(bytes);
    List<Frame> frames = new ArrayList<>();
    for (int left = in.u32(); left > 0; left--) {
      frames.add(new Frame(in.u64(), in.u32(), in.u32(), in.u32()));
    }
    List<RecordedTest> tests = new ArrayList<>();
    for (int left = in.u32(); left > 0; left--) {
      tests.add(
          new RecordedTest(
              new TestKey(in.text(), in.text(), in.u32()),
              Status.ofCode(in.u16()),
              in.optionalInstant(),
              in.optionalDuration(),
              in.u32(),
              in.u32(),
              in.text()));
    }
    return new SegmentIndex(List.copyOf(frames), List.copyOf(tests));
  }
}
