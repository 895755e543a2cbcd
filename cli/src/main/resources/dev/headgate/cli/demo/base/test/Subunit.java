package test;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Writes subunit version 2 packets: all that a program needs to stream its test results. */
public final class Subunit {
  private static final int IN_PROGRESS = 2;
  private static final int SUCCESS = 3;
  private static final int FAIL = 6;
  private static final int VERSION_2 = 0x2000;
  private static final int TEST_ID = 0x0800;
  private static final int TIMESTAMP = 0x0200;
  private static final int RUNNABLE = 0x0100;
  private static final int MIME_TYPE = 0x0020;
  private static final int FILE = 0x0040;
  private static final int END_OF_FILE = 0x0010;

  private final OutputStream out;

  public Subunit(OutputStream out) {
    this.out = out;
  }

  public void began(String id) throws IOException {
    write(id, IN_PROGRESS, null);
  }

  public void passed(String id) throws IOException {
    write(id, SUCCESS, null);
  }

  public void failed(String id, Throwable why) throws IOException {
    StringWriter trace = new StringWriter();
    why.printStackTrace(new PrintWriter(trace, true));
    write(id, FAIL, trace.toString());
  }

  private void write(String id, int status, String trace) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(body);
    long millis = System.currentTimeMillis();
    fields.writeInt((int) (millis / 1000));
    number(fields, (int) (millis % 1000) * 1_000_000);
    bytes(fields, id.getBytes(StandardCharsets.UTF_8));
    int flags = VERSION_2 | TIMESTAMP | TEST_ID | RUNNABLE | status;
    if (trace != null) {
      flags |= MIME_TYPE | FILE | END_OF_FILE;
      bytes(fields, "text/plain;charset=utf8".getBytes(StandardCharsets.UTF_8));
      bytes(fields, "traceback".getBytes(StandardCharsets.UTF_8));
      bytes(fields, trace.getBytes(StandardCharsets.UTF_8));
    }
    packet(flags, body.toByteArray());
  }

  private void packet(int flags, byte[] body) throws IOException {
    int rest = 1 + 2 + body.length + 4;
    int length = rest + (rest <= 62 ? 1 : rest <= 16381 ? 2 : 3);
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    DataOutputStream fields = new DataOutputStream(packet);
    fields.writeByte(0xb3);
    fields.writeShort(flags);
    number(fields, length);
    fields.write(body);
    CRC32 crc = new CRC32();
    crc.update(packet.toByteArray());
    fields.writeInt((int) crc.getValue());
    synchronized (out) {
      out.write(packet.toByteArray());
      out.flush();
    }
  }

  private static void bytes(DataOutputStream fields, byte[] bytes) throws IOException {
    number(fields, bytes.length);
    fields.write(bytes);
  }

  /** The two top bits say how many bytes follow. */
  private static void number(DataOutputStream fields, int value) throws IOException {
    if (value < 1 << 6) {
      fields.writeByte(value);
    } else if (value < 1 << 14) {
      fields.writeShort(value | 0x4000);
    } else if (value < 1 << 22) {
      fields.writeByte((value | 0x800000) >> 16);
      fields.writeShort(value);
    } else {
      fields.writeInt(value | 0xc0000000);
    }
  }
}
