package dev.headgate.subunit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is remembered of short texts is never that of another text. */
class RememberedTextsTests {
  @Test
  void valueOfARunIsThatOfNoOther() {
    Random random = new Random(1);
    RecentValues<String> recent = new RecentValues<>();
    byte[] bytes = new byte[64];
    int remembered = 0;
    for (int i = 0; i < 50_000; i++) {
      int length = 1 + random.nextInt(16);
      int from = 8 + random.nextInt(30);
      random.nextBytes(bytes);
      // Few different bytes, so that runs come again and meet in one slot.
      for (int k = from; k < from + length; k++) {
        bytes[k] = (byte) (random.nextInt(8) == 0 ? 'b' : 'a');
      }
      String expected = new String(bytes, from, length, UTF_8);
      assertThat(RecentValues.fits(from, length)).isTrue();
      String found = recent.find(bytes, from, length);
      if (found == null) {
        recent.put(expected);
      } else {
        assertThat(found).isEqualTo(expected);
        remembered++;
      }
    }
    assertThat(remembered).isGreaterThan(3_000);
  }

  @Test
  void runsThatCannotBeRememberedAreKnown() {
    assertThat(RecentValues.fits(20, 0)).isFalse();
    assertThat(RecentValues.fits(20, 17)).isFalse();
    assertThat(RecentValues.fits(5, 2)).isFalse();
    assertThat(RecentValues.fits(5, 3)).isTrue();
  }

  @Test
  void bytesOfARecentTextAreItsOwn() {
    EncodedTexts texts = new EncodedTexts();
    for (int seed = 0; seed < 50; seed++) {
      RandomStreams streams = new RandomStreams(seed % 10);
      for (int i = 0; i < 200; i++) {
        String word = streams.word();
        assertThat(texts.recent(word, "tag")).isEqualTo(word.getBytes(UTF_8));
      }
    }
    assertThat(texts.recent("route", "tag")).isSameAs(texts.recent("route", "tag"));
  }

  @Test
  void textThatIsRefusedIsRefusedAgain() {
    EncodedTexts texts = new EncodedTexts();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> texts.recent("\uD800?", "tag"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(texts.recent("?é?", "tag")).isEqualTo("?é?".getBytes(UTF_8));
  }
}
