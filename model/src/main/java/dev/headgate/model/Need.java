package dev.headgate.model;

/**
 * An edge of a job graph.
 *
 * @param job the job waited for
 * @param hard if true, the waiting job runs only after that one passed; if false (soft), only after
 *     it ended, if it runs at all
 */
public record Need(JobName job, boolean hard) {}
