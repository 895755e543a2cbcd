package dev.headgate.config;

import dev.headgate.model.Coordination;
import dev.headgate.model.ProjectId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads those keys of a job that tie it to other items and other jobs of a site. */
final class TiesReader {
  private static final List<String> DEDUPLICATIONS =
      Stream.of(Coordination.Deduplication.values()).map(Coordination.Deduplication::code).toList();

  private final Values values;
  private final NameReader names;

  TiesReader(Problems problems) {
    this.values = new Values(problems);
    this.names = new NameReader(problems);
  }

  Coordination read(Map<JobKey, Values.Value> fields) {
    return new Coordination(
        flag(fields, JobKey.HOLDS_FOLLOWERS),
        new TreeSet<>(names(fields, JobKey.PROVIDES)),
        new TreeSet<>(names(fields, JobKey.REQUIRES)),
        names(fields, JobKey.SEMAPHORES),
        projects(names(fields, JobKey.PROJECTS)),
        field(fields, JobKey.DEDUPLICATE)
            .flatMap(this::deduplication)
            .orElse(Coordination.Deduplication.AUTOMATIC),
        flag(fields, JobKey.NOOP));
  }

  private static Optional<Values.Value> field(Map<JobKey, Values.Value> fields, JobKey key) {
    return Optional.ofNullable(fields.get(key));
  }

  private boolean flag(Map<JobKey, Values.Value> fields, JobKey key) {
    return field(fields, key).flatMap(values::bool).orElse(false);
  }

  private List<String> names(Map<JobKey, Values.Value> fields, JobKey key) {
    return field(fields, key)
        .map(value -> names.read(value, "name them, as in: " + key.text + ": [name]"))
        .orElse(List.of())
        .stream()
        .map(NameReader.Name::text)
        .toList();
  }

  private static Set<ProjectId> projects(List<String> names) {
    return names.stream().map(ProjectId::new).collect(Collectors.toSet());
  }

  private Optional<Coordination.Deduplication> deduplication(Values.Value value) {
    return names.oneOf(value, DEDUPLICATIONS).map(Coordination.Deduplication::ofCode);
  }
}
