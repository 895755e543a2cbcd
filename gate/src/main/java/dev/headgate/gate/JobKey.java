package dev.headgate.gate;

import dev.headgate.model.ChangeId;
import dev.headgate.model.JobName;

/** Names a job within an item: whose it is, and which. */
record JobKey(ChangeId change, JobName job) {}
