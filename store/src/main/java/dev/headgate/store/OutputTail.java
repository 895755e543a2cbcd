package dev.headgate.store;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.PacketDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last lines of raw output: what processes wrote that was no packet. The lines of each route
 * and file are put together by themselves and stand in the order in which their last bytes came, be
 * those an end of the line or not.
 *
 * <p>It reads from the first frame that may matter. A line whose beginning may lie before that
 * frame is marked; if one of those is among the last lines, it reads from further back.
 */
final class OutputTail {
  /** Of a longer line the first so many bytes are kept. */
  static final int LONGEST_LINE = 64 << 10;

  /** Reading from further back begins with at least this many more frames. */
  private static final int FIRST_STEP = 4;

  private record Source(String route, String file) {}

  /** A line, and the number of the event that brought its last bytes. */
  private record Line(long event, String text, boolean whole) {}

  private static final class Partial {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long length;
    private long event;
    private boolean whole;

    private Partial(boolean whole) {
      this.whole = whole;
    }

    private void add(Bytes part, long number) {
      if (part.isEmpty()) {
        return;
      }
      event = number;
      int room = LONGEST_LINE - bytes.size();
      byte[] kept = part.slice(0, Math.min(room, part.length())).toByteArray();
      bytes.write(kept, 0, kept.length);
      length += part.length();
    }

    private Line take(long number) {
      String text = bytes.toString(StandardCharsets.UTF_8);
      long omitted = length - bytes.size();
      if (omitted > 0) {
        text = text + " [" + omitted + " bytes not kept]";
      } else if (text.endsWith("\r")) {
        text = text.substring(0, text.length() - 1);
      }
      Line line = new Line(number, text, whole);
      bytes.reset();
      length = 0;
      whole = true;
      return line;
    }
  }

  private final SegmentReader segment;
  private final int wanted;
  private final boolean fromStart;
  private final Map<Source, Partial> partials = new LinkedHashMap<>();
  private final ArrayDeque<Line> lines = new ArrayDeque<>();
  private long events;

  private OutputTail(SegmentReader segment, int wanted, boolean fromStart) {
    this.segment = segment;
    this.wanted = wanted;
    this.fromStart = fromStart;
  }

  static List<String> read(SegmentReader segment, int wanted) throws IOException {
    if (wanted == 0) {
      return List.of();
    }
    int step = FIRST_STEP;
    int first = firstFrame(segment.frames(), wanted);
    while (true) {
      OutputTail tail = new OutputTail(segment, wanted, first == 0);
      tail.readFrom(first);
      if (first == 0 || tail.isWhole()) {
        return tail.lines.stream().map(Line::text).toList();
      }
      first = Math.max(0, first - step);
      step *= 2;
    }
  }

  /** The latest frame from which on enough lines end. */
  private static int firstFrame(List<SegmentIndex.Frame> frames, int wanted) {
    long ended = 0;
    for (int i = frames.size() - 1; i >= 0; i--) {
      ended += frames.get(i).lines();
      if (ended >= wanted) {
        return i;
      }
    }
    return 0;
  }

  private boolean isWhole() {
    return lines.size() == wanted && lines.stream().allMatch(Line::whole);
  }

  private void readFrom(int first) throws IOException {
    for (SegmentIndex.Frame frame : segment.frames().subList(first, segment.frames().size())) {
      PacketDecoder decoder = new PacketDecoder();
      decoder.offer(segment.packets(frame));
      decoder.end();
      while (decoder.next() != PacketDecoder.Next.END) {
        if (decoder.current() == PacketDecoder.Next.EVENT
            && decoder.hasFile()
            && !decoder.hasTestId()) {
          accept(decoder.event());
        }
      }
    }
    addUnfinished();
  }

  /** A line that has no end yet stands where its last bytes came. */
  private void addUnfinished() {
    List<Line> all = new ArrayList<>(lines);
    for (Partial partial : partials.values()) {
      if (partial.length > 0) {
        all.add(partial.take(partial.event));
      }
    }
    all.sort(Comparator.comparingLong(Line::event));
    lines.clear();
    lines.addAll(all.subList(Math.max(0, all.size() - wanted), all.size()));
  }

  private void accept(Event event) {
    Source source = new Source("" + event.routeCode(), "" + event.fileName());
    Partial partial = partials.computeIfAbsent(source, any -> new Partial(fromStart));
    Bytes content = event.fileContent();
    long number = events++;
    int from = 0;
    int feed = content.indexOf((byte) '\n', 0);
    while (feed >= 0) {
      partial.add(content.slice(from, feed), number);
      add(partial.take(number));
      from = feed + 1;
      feed = content.indexOf((byte) '\n', from);
    }
    partial.add(content.slice(from), number);
  }

  private void add(Line line) {
    if (lines.size() == wanted) {
      lines.removeFirst();
    }
    lines.addLast(line);
  }
}
