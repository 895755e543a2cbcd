package dev.headgate.conduct;

import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Job;
import dev.headgate.model.JobGraph;
import dev.headgate.model.JobName;
import dev.headgate.model.Need;
import dev.headgate.model.ProjectId;
import dev.headgate.model.Revision;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of the vocabulary as JSON trees, as they stand inside kept rows and effects. */
final class ModelDocuments {
  private ModelDocuments() {}

  static Map<String, Object> of(BranchRef branch) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("project", branch.project().value());
    tree.put("branch", branch.branch());
    return tree;
  }

  static BranchRef branch(Fields fields) {
    return new BranchRef(new ProjectId(fields.text("project")), fields.text("branch"));
  }

  static Map<String, Object> of(Change change) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", change.id().value());
    tree.put("target", of(change.target()));
    tree.put("revision", change.revision().value());
    tree.put("depends-on", change.dependsOn().stream().map(ChangeId::value).toList());
    tree.put("title", change.title());
    return tree;
  }

  static Change change(Fields fields) {
    return new Change(
        new ChangeId(fields.text("id")),
        branch(fields.object("target")),
        new Revision(fields.text("revision")),
        fields.texts("depends-on").stream().map(ChangeId::new).toList(),
        fields.text("title"));
  }

  static Map<String, Object> of(Job job) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", job.name().value());
    tree.put("run", job.run());
    tree.put("needs", job.needs().stream().map(ModelDocuments::of).toList());
    tree.put("timeout-ms", job.timeout().toMillis());
    tree.put("voting", job.voting());
    tree.put("attempts", job.attempts());
    tree.put("retry", job.retry());
    tree.put("files", job.files());
    tree.put("env", job.env());
    tree.put("keep", job.keep());
    return tree;
  }

  private static Map<String, Object> of(Need need) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("job", need.job().value());
    tree.put("hard", need.hard());
    return tree;
  }

  static Job job(Fields fields) {
    return new Job(
        new JobName(fields.text("name")),
        fields.text("run"),
        fields.objects("needs").stream()
            .map(need -> new Need(new JobName(need.text("job")), need.flag("hard")))
            .toList(),
        Duration.ofMillis(fields.number("timeout-ms")),
        fields.flag("voting"),
        fields.integer("attempts"),
        fields.integer("retry"),
        fields.texts("files"),
        fields.textMap("env"),
        fields.texts("keep"));
  }

  static List<Map<String, Object>> of(JobGraph graph) {
    return graph.jobs().stream().map(ModelDocuments::of).toList();
  }

  static JobGraph graph(List<Fields> jobs) {
    return new JobGraph(jobs.stream().map(ModelDocuments::job).toList());
  }

  static Map<String, Object> of(Verdict verdict) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("kind", verdict.kind().code());
    tree.put("reason", verdict.reason());
    return tree;
  }

  static Verdict verdict(Fields fields) {
    return new Verdict(Verdict.Kind.ofCode(fields.text("kind")), fields.text("reason"));
  }

  static Map<String, Object> of(TestCounts tests) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("passed", tests.passed());
    tree.put("failed", tests.failed());
    tree.put("skipped", tests.skipped());
    tree.put("unfinished", tests.unfinished());
    return tree;
  }

  static TestCounts tests(Fields fields) {
    return new TestCounts(
        fields.number("passed"),
        fields.number("failed"),
        fields.number("skipped"),
        fields.number("unfinished"));
  }
}
