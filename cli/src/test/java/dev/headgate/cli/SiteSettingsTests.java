package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.config.SiteConfig;
import dev.headgate.gate.Differences;
import dev.headgate.gate.Manager;
import dev.headgate.gate.Trigger;
import dev.headgate.gate.Window;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The words of a site file are the gate's. */
class SiteSettingsTests {
  private static SiteConfig parse(String text) {
    SiteConfig.Result result = SiteConfig.parse("f", text.getBytes(StandardCharsets.UTF_8));
    return ((SiteConfig.Result.Valid) result).config();
  }

  @Test
  void everyWordOfTheFileIsOneOfTheGate() {
    assertThat(Arrays.stream(Manager.values()).map(Manager::code).toList())
        .isEqualTo(SiteConfig.MANAGERS);
    assertThat(Arrays.stream(Trigger.values()).map(Trigger::code).toList())
        .isEqualTo(SiteConfig.TRIGGERS);
    assertThat(Arrays.stream(Window.Pace.Kind.values()).map(Window.Pace.Kind::code).toList())
        .isEqualTo(SiteConfig.PACES);
    assertThat(SiteSettings.window(SiteConfig.Window.DEFAULT)).isEqualTo(Window.DEFAULT);
  }

  @Test
  void everyDifferenceIsNamedAndReachesTheGate() throws ReflectiveOperationException {
    RecordComponent[] components = Differences.class.getRecordComponents();
    List<String> names =
        Arrays.stream(components).map(component -> kebab(component.getName())).toList();
    assertThat(SiteConfig.DIFFERENCES).isEqualTo(names);
    for (int i = 0; i < components.length; i++) {
      for (boolean value : List.of(true, false)) {
        Differences read =
            SiteSettings.differences(
                parse("differences: { " + names.get(i) + ": " + value + " }\n"));
        assertThat(components[i].getAccessor().invoke(read)).as(names.get(i)).isEqualTo(value);
      }
    }
    assertThat(SiteSettings.differences(parse("semaphores: {}\n"))).isEqualTo(Differences.HEADGATE);
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  @Test
  void aPipelineIsTakenWithoutItsTriggers() {
    SiteConfig config = parse("pipelines: { gate: { triggers: approval, window: 4 } }\n");
    assertThat(SiteSettings.pipeline(config.pipelines().getFirst()))
        .satisfies(pipeline -> {
          assertThat(pipeline.triggers()).isEmpty();
          assertThat(pipeline.manager()).isEqualTo(Manager.DEPENDENT);
          assertThat(pipeline.window()).isEqualTo(Window.fixed(4));
        });
  }
}
