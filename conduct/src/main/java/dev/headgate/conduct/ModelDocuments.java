package dev.headgate.conduct;

import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.Coordination;
import dev.headgate.model.Job;
import dev.headgate.model.JobGraph;
import dev.headgate.model.JobName;
import dev.headgate.model.Need;
import dev.headgate.model.ProjectId;
import dev.headgate.model.Revision;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

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

  /** Where branches are, as a list: a branch is no name of a field. */
  static List<Map<String, Object>> of(Map<BranchRef, Content> contents) {
    List<Map<String, Object>> list = new ArrayList<>();
    contents.forEach((branch, content) -> {
      Map<String, Object> tree = of(branch);
      tree.put("content", content.value());
      list.add(tree);
    });
    return list;
  }

  static Map<BranchRef, Content> contents(List<Fields> list) {
    Map<BranchRef, Content> contents = new TreeMap<>();
    list.forEach(fields -> contents.put(branch(fields), new Content(fields.text("content"))));
    return contents;
  }

  static List<Map<String, Object>> of(List<Change> changes) {
    return changes.stream().map(ModelDocuments::of).toList();
  }

  static List<Change> changes(List<Fields> list) {
    return list.stream().map(ModelDocuments::change).toList();
  }

  static Map<String, Object> of(Change change) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", change.id().value());
    tree.put("target", of(change.target()));
    tree.put("revision", change.revision().value());
    tree.put("depends-on", change.dependsOn().stream().map(ChangeId::value).toList());
    tree.put("title", change.title());
    Map<String, String> parents = new LinkedHashMap<>();
    change.parents().forEach((id, revision) -> parents.put(id.value(), revision.value()));
    tree.put("parents", parents);
    tree.put("topic", change.topic());
    tree.put("labels", List.copyOf(change.labels()));
    return tree;
  }

  static Change change(Fields fields) {
    Map<ChangeId, Revision> parents = new LinkedHashMap<>();
    fields
        .textMap("parents")
        .forEach((id, revision) -> parents.put(new ChangeId(id), new Revision(revision)));
    return new Change(
        new ChangeId(fields.text("id")),
        branch(fields.object("target")),
        new Revision(fields.text("revision")),
        fields.texts("depends-on").stream().map(ChangeId::new).toList(),
        fields.text("title"),
        parents,
        fields.text("topic"),
        Set.copyOf(fields.texts("labels")));
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
    if (!job.coordination().equals(Coordination.NONE)) {
      tree.put("coordination", of(job.coordination()));
    }
    if (!job.results().isEmpty()) {
      tree.put("results", job.results());
    }
    return tree;
  }

  private static Map<String, Object> of(Coordination ties) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("holds-followers", ties.holdsFollowers());
    tree.put("provides", List.copyOf(ties.provides()));
    tree.put("requires", List.copyOf(ties.requires()));
    tree.put("semaphores", ties.semaphores());
    tree.put("projects", ties.projects().stream().map(ProjectId::value).toList());
    tree.put("deduplicate", ties.deduplication().code());
    tree.put("noop", ties.noop());
    return tree;
  }

  private static Coordination coordination(Fields fields) {
    return new Coordination(
        fields.flag("holds-followers"),
        Set.copyOf(fields.texts("provides")),
        Set.copyOf(fields.texts("requires")),
        fields.texts("semaphores"),
        fields.texts("projects").stream().map(ProjectId::new).collect(Collectors.toSet()),
        Coordination.Deduplication.ofCode(fields.text("deduplicate")),
        fields.flag("noop"));
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
        fields.texts("keep"),
        fields.has("coordination")
            ? coordination(fields.object("coordination"))
            : Coordination.NONE,
        fields.has("results") ? fields.texts("results") : List.of());
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
