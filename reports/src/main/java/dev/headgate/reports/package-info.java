/**
 * Reads other tools' results (JUnit XML, TAP, go test, libtest, CTRF) as subunit events, and writes
 * events as reports that other tools read.
 *
 * <p>It opens no file, runs no process and knows no clock: bytes come in pieces of any size, and a
 * report goes to a stream that the caller opened. Whatever the bytes, a reader throws nothing and
 * holds a bounded part of them; what is wrong with them is a {@link dev.headgate.reports.Problem}.
 *
 * <p>Bytes flow into a {@link dev.headgate.reports.ReportReader}, events and problems out of it to
 * a {@link dev.headgate.reports.ReportSink}; events flow into a {@link
 * dev.headgate.reports.ReportWriter}, bytes out of it. {@link dev.headgate.reports.Reports} makes
 * both.
 */
@NullMarked
package dev.headgate.reports;

import org.jspecify.annotations.NullMarked;
