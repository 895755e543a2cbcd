package dev.headgate.subunit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.List;
import org.junit.jupiter.api.Test;

class BytesTests {
  @Test
  void equalityIsThatOfTheContent() {
    Bytes whole = Bytes.ofUtf8("xabcx");
    assertThat(whole.slice(1, 4))
        .isEqualTo(Bytes.ofUtf8("abc"))
        .hasSameHashCodeAs(Bytes.ofUtf8("abc"));
    assertThat(whole.slice(1)).isNotEqualTo(Bytes.ofUtf8("abc"));
    assertThat(whole.slice(2, 2)).isEqualTo(Bytes.EMPTY);
  }

  @Test
  void nobodyCanChangeThem() {
    byte[] source = {1, 2, 3};
    Bytes bytes = Bytes.copyOf(source);
    source[0] = 9;
    bytes.toByteArray()[1] = 9;
    assertThat(bytes.toByteArray()).containsExactly(1, 2, 3);
    ByteBuffer view = bytes.slice(1).asByteBuffer();
    assertThat(view.remaining()).isEqualTo(2);
    assertThat(view.get(0)).isEqualTo((byte) 2);
    assertThatThrownBy(() -> view.put(0, (byte) 9)).isInstanceOf(ReadOnlyBufferException.class);
  }

  @Test
  void copyOfABufferLeavesItsPosition() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}).position(1).limit(3);
    assertThat(Bytes.copyOf(buffer).hex()).isEqualTo("0203");
    assertThat(buffer.position()).isEqualTo(1);
  }

  @Test
  void rangesAreChecked() {
    Bytes bytes = Bytes.ofUtf8("abcdef").slice(2, 4);
    assertThat(bytes.at(1)).isEqualTo((byte) 'd');
    assertThatThrownBy(() -> bytes.at(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bytes.at(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> bytes.slice(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Bytes.copyOf(new byte[2], 1, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void partsAreJoinedInOrder() throws IOException {
    Bytes joined = Bytes.concat(List.of(Bytes.ofUtf8("a"), Bytes.EMPTY, Bytes.ofUtf8("bc")));
    assertThat(joined.utf8()).isEqualTo("abc");
    assertThat(Bytes.concat(List.of())).isEqualTo(Bytes.EMPTY);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    joined.slice(1).writeTo(out);
    assertThat(out.toString(java.nio.charset.StandardCharsets.UTF_8)).isEqualTo("bc");
  }

  @Test
  void bytesAreFoundWithinTheSlice() {
    Bytes bytes = Bytes.ofUtf8("a\nb\nc").slice(2, 4);
    assertThat(bytes.indexOf((byte) '\n', 0)).isEqualTo(1);
    assertThat(bytes.indexOf((byte) '\n', 2)).isEqualTo(-1);
    assertThat(bytes.indexOf((byte) 'a', 0)).isEqualTo(-1);
    assertThat(bytes.compact()).isEqualTo(bytes);
  }

  @Test
  void descriptionIsShort() {
    assertThat(Bytes.ofUtf8("abc")).hasToString("Bytes[3: 616263]");
    assertThat(Bytes.copyOf(new byte[1000]).toString())
        .hasSizeLessThan(60)
        .startsWith("Bytes[1000: ");
  }

  @Test
  void malformedTextIsReplaced() {
    assertThat(Bytes.copyOf(new byte[] {'a', (byte) 0xFF}).utf8()).isEqualTo("a\uFFFD");
  }
}
