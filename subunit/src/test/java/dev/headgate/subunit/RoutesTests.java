package dev.headgate.subunit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RoutesTests {
  @Test
  void stepIsPutBeforeTheRoute() {
    assertThat(Routes.join("a", "b/c")).isEqualTo("a/b/c");
    assertThat(Routes.join("a", null)).isEqualTo("a");
    assertThat(Routes.join("a", "")).isEqualTo("a");
    assertThatThrownBy(() -> Routes.join("", "b")).isInstanceOf(IllegalArgumentException.class);
    assertThat(Event.test("t", Status.FAIL).routeCode("b").build().underRoute("a").routeCode())
        .isEqualTo("a/b");
  }

  @Test
  void routeBelowAnotherBeginsWithItsWholeSteps() {
    assertThat(Routes.isUnder("a", "a")).isTrue();
    assertThat(Routes.isUnder("a", "a/b")).isTrue();
    assertThat(Routes.isUnder("a", "ab")).isFalse();
    assertThat(Routes.isUnder("a", null)).isFalse();
  }

  @Test
  void firstStepIsTakenOff() {
    assertThat(Routes.afterFirst("a/b/c")).isEqualTo("b/c");
    assertThat(Routes.afterFirst("a")).isNull();
  }
}
