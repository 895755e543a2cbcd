package dev.headgate.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.conduct.Answers;
import dev.headgate.conduct.EnvironmentException;
import dev.headgate.conduct.Workspaces;
import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.model.Change;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.PreparationId;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstTests {
  @TempDir Path temp;

  @Test
  void changeIsMergedCheckedOutAndLanded() throws Exception {
    TestRepository git = TestRepository.create(temp.resolve("repo"));
    Content base = git.tip("main");
    Content a = git.branch("a", "main", "a.txt", "a\n");
    git.write(".headgate.yaml", "jobs: {}\n").commit("Configure");
    Content main = git.tip("main");
    Repository repository = git.open();
    BlockingQueue<Object> answers = new ArrayBlockingQueue<>(10);
    try (GitWorkspaces workspaces = new GitWorkspaces(repository);
        GitBranches branches = GitBranches.open(repository, LandingOptions.DEFAULT)) {
      Change change = TestRepository.change("a", a);
      long t0 = System.nanoTime();
      workspaces.prepare(
          new Effect.Prepare(new PreparationId(1), new ItemId(1), change, main),
          new Workspaces.Outcomes() {
            @Override
            public void merge(Workspaces.Merge merge) {
              answers.add(merge);
            }

            @Override
            public void failed(EnvironmentException problem) {
              answers.add(problem);
            }
          });
      Workspaces.Merge.Merged merged = (Workspaces.Merge.Merged) answers.poll(10, TimeUnit.SECONDS);
      System.out.println("prepare " + (System.nanoTime() - t0) / 1e6 + " ms");
      assertThat(merged.changedFiles()).containsExactly("a.txt");
      assertThat(merged.configuration()).contains("jobs: {}\n");
      System.out.println(git.git("cat-file", "commit", merged.content().value()));
      Slots slots = Slots.open(repository);
      for (int i = 0; i < 6; i++) {
        long t = System.nanoTime();
        Path slot = slots.checkout(1, i % 2 == 0 ? merged.content() : base, List.of());
        System.out.println("checkout " + (System.nanoTime() - t) / 1e6 + " ms");
        assertThat(slot.resolve("base")).exists();
        assertThat(slot.resolve("a.txt").toFile().exists()).isEqualTo(i % 2 == 0);
      }
      slots.removeAll();
      assertThat(git.git("worktree", "list").lines()).hasSize(1);
      long t1 = System.nanoTime();
      branches.land(
          new Effect.Land(new ItemId(1), change, main, merged.content()),
          new Answers() {
            @Override
            public void answer(Event event) {
              answers.add(event);
            }

            @Override
            public void failed(EnvironmentException problem) {
              answers.add(problem);
            }
          });
      assertThat(answers.poll(10, TimeUnit.SECONDS))
          .isEqualTo(new Event.Landed(new ItemId(1), merged.content()));
      System.out.println("land " + (System.nanoTime() - t1) / 1e6 + " ms");
      assertThat(git.tip("main")).isEqualTo(merged.content());
    }
  }
}
