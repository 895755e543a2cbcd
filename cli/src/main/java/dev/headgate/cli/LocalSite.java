package dev.headgate.cli;

import dev.headgate.adapter.git.Repository;
import dev.headgate.config.Problem;
import dev.headgate.config.SiteConfig;
import dev.headgate.gate.Differences;
import dev.headgate.gate.GateSettings;
import dev.headgate.gate.Manager;
import dev.headgate.gate.Pipeline;
import dev.headgate.gate.SharedQueue;
import dev.headgate.model.PipelineName;
import dev.headgate.model.ProjectId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a local gate is set up: by the options of the command, and by a site file if there is one.
 */
final class LocalSite {
  /** What there is without a site file. */
  private static final List<Pipeline> USUAL_PIPELINES =
      List.of(
          Pipeline.of("check", Manager.INDEPENDENT),
          Pipeline.of(PipelineName.GATE.value(), Manager.DEPENDENT));

  private final LocalProjects projects;
  private final List<Pipeline> pipelines;
  private final Optional<SiteConfig> config;

  private LocalSite(LocalProjects projects, Optional<SiteConfig> config) {
    this.projects = projects;
    this.config = config;
    this.pipelines =
        config
            .map(SiteConfig::pipelines)
            .filter(written -> !written.isEmpty())
            .map(written -> written.stream().map(SiteSettings::pipeline).toList())
            .orElse(USUAL_PIPELINES);
  }

  /** The pipeline of that name; whether there is one is seen later. */
  static PipelineName pipeline(String name) {
    if (name.isBlank()) {
      throw CommandFailure.usage("--pipeline needs a name", "");
    }
    return new PipelineName(name);
  }

  /** The folders that {@code NAME=FOLDER} arguments name, by their names. */
  static Map<String, Path> folders(List<String> arguments, Path directory) {
    Map<String, Path> folders = new LinkedHashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? "" : argument.substring(0, equals).strip();
      if (name.isEmpty() || name.contains(":") || equals == argument.length() - 1) {
        throw CommandFailure.usage(
            "--project " + argument + " is not of the form NAME=FOLDER",
            "as in: --project library=../library");
      }
      Path folder = directory.resolve(argument.substring(equals + 1)).normalize();
      if (folders.put(name, folder) != null) {
        throw CommandFailure.usage("--project names " + name + " twice", "");
      }
    }
    return folders;
  }

  /**
   * The site that a request describes.
   *
   * @throws CommandFailure if it cannot be
   */
  static LocalSite open(Invocation invocation, GateRun.Request request) {
    Repository repository = Site.repository(invocation);
    Optional<Path> file = file(invocation, request.site(), repository);
    Optional<SiteConfig> config = file.map(LocalSite::read);
    Map<String, Path> others = new LinkedHashMap<>();
    config.ifPresent(site ->
        site.projects()
            .forEach(
                (name, folder) -> others.put(name, file.get().resolveSibling(folder).normalize())));
    others.putAll(request.projects());
    LocalSite site = new LocalSite(LocalProjects.open(repository, others), config);
    site.requirePipeline(request.pipeline());
    return site;
  }

  private static Optional<Path> file(
      Invocation invocation, @Nullable Path named, Repository repository) {
    if (named != null) {
      return Optional.of(invocation.directory().resolve(named));
    }
    return repository
        .topLevel()
        .map(top -> top.resolve(SiteConfig.FILE_NAME))
        .filter(Files::exists);
  }

  private static SiteConfig read(Path file) {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw CommandFailure.usage("cannot read " + file + ": " + e, "");
    }
    return switch (SiteConfig.parse(file.toString(), content)) {
      case SiteConfig.Result.Valid(SiteConfig config) -> config;
      case SiteConfig.Result.Invalid(List<Problem> problems) ->
          throw CommandFailure.usage(
              problems.stream().map(Problem::toString).collect(Collectors.joining("\n")), "");
    };
  }

  LocalProjects projects() {
    return projects;
  }

  /**
   * The gate's settings. Projects that no queue of the site file names share one, in which circles
   * land together.
   *
   * @param targets the names of the branches that are landed on; only where they are one, different
   *     branches can have queues of their own
   */
  GateSettings settings(Collection<String> targets) {
    List<SharedQueue> queues =
        new ArrayList<>(
            config.map(SiteConfig::queues).orElse(List.of()).stream()
                .map(SiteSettings::queue)
                .toList());
    TreeSet<ProjectId> others = new TreeSet<>(projects.names());
    queues.forEach(queue -> others.removeAll(queue.projects()));
    if (!others.isEmpty()) {
      boolean perBranch = Set.copyOf(targets).size() == 1;
      queues.add(new SharedQueue(freeName(queues), others, true, perBranch, false));
    }
    return new GateSettings(
        pipelines,
        queues,
        config.map(SiteConfig::semaphores).orElse(Map.of()),
        config.map(SiteSettings::differences).orElse(Differences.HEADGATE));
  }

  /** The own project's name, unless the site file has a queue of that name for others. */
  private String freeName(List<SharedQueue> queues) {
    String name = projects.own().value();
    while (isTaken(name, queues)) {
      name += "-others";
    }
    return name;
  }

  private static boolean isTaken(String name, List<SharedQueue> queues) {
    return queues.stream().anyMatch(queue -> queue.name().equals(name));
  }

  private void requirePipeline(PipelineName wanted) {
    List<String> names = pipelines.stream().map(pipeline -> pipeline.name().value()).toList();
    if (names.contains(wanted.value())) {
      return;
    }
    List<String> near = Nearest.to(wanted.value(), names);
    throw CommandFailure.usage(
        "there is no pipeline " + wanted,
        near.isEmpty()
            ? "there is " + String.join(", ", names)
            : "did you mean " + String.join(" or ", near) + "?");
  }
}
