package dev.headgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.PipelineName;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is done where a site is set up to do as the reference does. */
final class DifferenceTests {
  @Test
  void aTipThatMovedIsLandedUponWithWhatWasTestedOnTheFormerOne() {
    Site site = site(Differences.NONE).enqueueAll("a").mergesAll("a");
    assertThat(site.on(new Event.TipMoved(Site.MAIN, new Content("n")))).isEmpty();
    assertThat(site.passes("a")).containsExactly("land a: n to m+a");
  }

  @Test
  void nothingLandsBeforeWhatIsAheadIsReportedIfReportsComeInOrder() {
    Differences inOrder =
        new Differences(true, true, true, true, true, true, true, true, false, true);
    Site site = site(inOrder).jobs(Site.job("x"), Site.job("y")).enqueueAll("a", "b");
    site.mergesAll("a", "b");
    site.fails("a", "x");
    site.merges("b");
    site.passes("b", "x");
    assertThat(site.passes("b", "y")).isEmpty();
    assertThat(site.passes("a", "y")).containsExactly("report a rejected", "land b: m to m+b");
  }

  @Test
  void evidenceOutlastsItsBuildUnlessAnotherIsDue() {
    Site site = site(Differences.NONE).enqueueAll("h", "a", "b").mergesAll("h", "a", "b");
    evidence(site);
    site.merges("b");
    assertThat(site.passes("a")).isEmpty();
    assertThat(site.explain("a").waitsFor())
        .containsExactly(
            "test is failing: t1 failed (build 2); all its jobs ended; it is rejected if the 1"
                + " ahead of it end as assumed");
    Site again = site(Differences.NONE).enqueueAll("h", "a", "b").mergesAll("h", "a", "b");
    evidence(again);
    again.merges("b");
    again.capacity(1);
    assertThat(again.faults("a", "test"))
        .containsExactly("cancel test of b on m+h+b", "prepare b on m+h+a");
  }

  @Test
  void whatIsMovedByAPromotionIsReportedAndNotAnnouncedAgain() {
    Site site = site(Differences.NONE).enqueueAll("a", "b").mergesAll("a", "b");
    assertThat(site.on(new Event.Promoted(PipelineName.GATE, List.of(new ChangeId("b")))))
        .contains("report a withdrawn", "report b withdrawn");
    long announced = announced(site);
    site.mergesAll("b", "a");
    assertThat(announced(site)).isEqualTo(announced).isEqualTo(2);
    site.fails("b");
    Effect.Report last =
        (Effect.Report)
            site.effects().stream()
                .filter(Effect.Report.class::isInstance)
                .reduce((one, other) -> other)
                .orElseThrow();
    assertThat(last.announced()).isFalse();
  }

  @Test
  void aJobWhoseSoftNeedFailedDoesNotRunAndSaysWhyIfThatIsNotSurvived() {
    Differences strict =
        new Differences(true, true, false, true, true, false, true, true, false, true);
    Site site =
        site(strict)
            .jobs(Site.nonVoting("lint"), Site.job("pack", Site.soft("lint")))
            .enqueueAll("a");
    site.merges("a");
    assertThat(site.fails("a", "lint")).containsExactly("report a rejected");
    assertThat(site.end("a").reason())
        .isEqualTo("pack did not run: lint failed: exit status 1 (build 1)");
  }

  private static void evidence(Site site) {
    assertThat(site.on(new Event.Evidence(site.build("a", "test").build(), "t1 failed")))
        .containsExactly("cancel test of b on m+h+a+b", "prepare b on m+h");
  }

  private static long announced(Site site) {
    return site.effects().stream().filter(Effect.Announce.class::isInstance).count();
  }

  private static Site site(Differences differences) {
    return Site.empty(GateSettings.DEFAULT.with(differences)).capacity(9).tip("m");
  }
}
