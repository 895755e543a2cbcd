package dev.headgate.cli;

import dev.headgate.subunit.reader.Format;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The parameters and the option by which a command is told what streams to read.
 *
 * <p>Described by calls: {@code stats} uses them, which is measured with its start ({@link
 * RootCommand}).
 */
final class SourceOptions {
  private final PositionalParamSpec files =
      PositionalParamSpec.builder()
          .paramLabel("FILE")
          .arity("0..*")
          .type(List.class)
          .auxiliaryTypes(String.class)
          .initialValue(List.of())
          .description(
              "Streams, read one after the other; '-' is standard input, which is also read if none"
                  + " is named. gzip and Zstandard are seen through.")
          .build();

  private final OptionSpec format =
      OptionSpec.builder("--format")
          .paramLabel("v1|v2|auto|both")
          .type(Format.class)
          .initialValue(Format.AUTO)
          .description(
              "The version of the format. 'auto' takes what comes first; 'both' honours version 1"
                  + " also between packets. Default: auto.")
          .build();

  /** What is mixed into the description of a command. */
  CommandSpec describe() {
    return CommandSpec.create().addPositional(files).addOption(format);
  }

  /** The streams that the command was told to read. */
  StreamSource streams() {
    return new StreamSource(files.getValue(), format());
  }

  /** The version that they have. */
  Format format() {
    return format.getValue();
  }
}
