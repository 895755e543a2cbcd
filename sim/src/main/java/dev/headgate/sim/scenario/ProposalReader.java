package dev.headgate.sim.scenario;

import dev.headgate.config.Node;
import dev.headgate.config.Values.Value;
import dev.headgate.config.Words;
import dev.headgate.model.BranchRef;
import dev.headgate.model.ProjectId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the changes of a scenario. */
final class ProposalReader {
  private static final String USUAL_BRANCH = "main";
  private static final List<String> KEYS =
      List.of(
          "project",
          "branch",
          "depends_on",
          "child_of",
          "already_merged",
          "submit_refused",
          "files",
          "topic",
          "redefines");

  private final Reading reading;
  private final Setup setup;

  ProposalReader(Reading reading, Setup setup) {
    this.reading = reading;
    this.setup = setup;
  }

  Map<String, Proposal> read(Value value) {
    Map<String, Value> named = reading.named(value, "'changes'");
    Map<String, Proposal> proposals = new LinkedHashMap<>();
    named.forEach((name, change) -> proposals.put(name, proposal(name, change, named.keySet())));
    return proposals;
  }

  private Proposal proposal(String name, Value value, Collection<String> names) {
    Map<String, Value> fields = reading.fields(value, "change " + Words.quote(name), KEYS);
    ProjectId project = new ProjectId(project(name, value, fields));
    String branch =
        Optional.ofNullable(fields.get("branch")).flatMap(reading::text).orElse(USUAL_BRANCH);
    Proposal.Update more = update(name, fields, names);
    return new Proposal(
        name,
        1,
        new BranchRef(project, branch),
        more.childOf().map(parent -> new Mark(parent, 1)),
        more.dependsOn().orElse(List.of()),
        reading.flag(fields, "already_merged", false),
        reading.flag(fields, "submit_refused", false),
        more.files().orElse(Map.of()),
        Optional.ofNullable(fields.get("topic")).flatMap(reading::text).orElse(""),
        more.redefines());
  }

  /** The keys that a new revision may have too. */
  Proposal.Update update(String name, Map<String, Value> fields, Collection<String> names) {
    return new Proposal.Update(
        present(fields, "child_of")
            .flatMap(value -> reading.mark(value, names))
            .map(mark -> Reading.nameIn(mark, names))
            .filter(other -> isOther(name, other, fields.get("child_of"))),
        present(fields, "depends_on")
            .map(value ->
                reading.marks(value, names).stream()
                    .map(mark -> Reading.nameIn(mark, names))
                    .filter(other -> isOther(name, other, value))
                    .toList()),
        present(fields, "files").map(value -> files(name, value)),
        present(fields, "redefines").map(new JobsReader(reading)::redefinition));
  }

  private boolean isOther(String name, String other, @Nullable Value value) {
    if (name.equals(other) && value != null) {
      reading.problem(value, "change " + Words.quote(name) + " needs itself", "");
    }
    return !name.equals(other);
  }

  private static Optional<Value> present(Map<String, Value> fields, String key) {
    return Optional.ofNullable(fields.get(key)).filter(value -> !value.node().isNothing());
  }

  /** The project it names; if the site has only one, it need not. */
  private String project(String name, Value value, Map<String, Value> fields) {
    Value project = fields.get("project");
    if (project != null) {
      return reading.text(project).orElse("?");
    }
    if (setup.jobs().size() != 1) {
      reading.missing(value, "change " + Words.quote(name) + " has no 'project'", "");
      return "?";
    }
    return setup.jobs().keySet().iterator().next();
  }

  private Map<String, String> files(String name, Value value) {
    Map<String, String> files = new LinkedHashMap<>();
    if (value.node() instanceof Node.Mapping) {
      reading
          .named(value, "'files'")
          .forEach((path, text) ->
              files.put(path, text.node().isNothing() ? "" : reading.verbatim(text).orElse("")));
    } else {
      reading.texts(value).forEach(path -> files.put(path, "by " + name));
    }
    return files;
  }
}
