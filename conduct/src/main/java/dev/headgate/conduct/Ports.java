package dev.headgate.conduct;

/** The outside, as a conductor sees it. */
public record Ports(Workspaces workspaces, Branches branches, Builds builds, Reports reports) {}
