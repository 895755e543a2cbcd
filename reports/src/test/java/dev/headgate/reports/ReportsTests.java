package dev.headgate.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headgate.reports.Samples.Sample;
import dev.headgate.subunit.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReportsTests {
  static Stream<Sample> samples() {
    return Samples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySampleIsKnownByItsBeginning(Sample sample) {
    assertThat(Reports.detect("", sample.content())).contains(sample.format());
    Bytes head = sample.content().slice(0, Math.min(sample.content().length(), 400));
    assertThat(Reports.detect("out/report.txt", head)).contains(sample.format());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.xml | <html/> |",
        "a.xml | <?xml version='1.0'?><!-- <testsuite> --><coverage/> |",
        "a.xml | <!DOCTYPE x [<!ENTITY a '>'>]><ns:testsuites> | junit",
        "a.trx | <TestRun id='1'> |",
        "TEST-a.xml | '' | junit",
        "a.tap | '' | tap",
        "a.tap | what is this | tap",
        "a.txt | what is this |",
        "ctrf-report.json | '' | ctrf",
        "a.json | {\"a\":1} |",
        "a.json | {\"results\": {\"tests\": [] }} | ctrf",
        "a.txt | 1..0 # SKIP | tap",
        "a.txt | Bail out! | tap",
        "'' | '' |"
      })
  void formatIsKnownByBeginningThenByName(String name, String head, String format) {
    assertThat(Reports.detect(name, Bytes.ofUtf8(head)).map(ReportFormat::code).orElse(null))
        .isEqualTo(format);
  }

  @Test
  void codesAreStable() {
    assertThat(Stream.of(ReportFormat.values()).map(ReportFormat::code))
        .containsExactly("junit", "tap", "go", "libtest", "ctrf", "csv", "markdown", "github");
    assertThat(ReportFormat.ofCode("tap")).contains(ReportFormat.TAP);
    assertThat(ReportFormat.ofCode("TAP")).isEmpty();
  }

  @Test
  void everyFormatIsReadOrWritten() {
    for (ReportFormat format : ReportFormat.values()) {
      assertThat(format.isReadable() || format.isWritable()).isTrue();
      if (format.isReadable()) {
        assertThat(Reports.reader(format, new Read())).isNotNull();
      } else {
        assertThatThrownBy(() -> Reports.reader(format, new Read()))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(format.code());
      }
      if (format.isWritable()) {
        assertThat(Reports.writer(format, new ByteArrayOutputStream())).isNotNull();
      } else {
        assertThatThrownBy(() -> Reports.writer(format, new ByteArrayOutputStream()))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(format.code());
      }
    }
  }
}
