import fc from "fast-check";

/** A mutant that one run's luck kills would survive in the next. Here only that it fails is of interest, not its smallest case. */
fc.configureGlobal({ seed: 20_260_101, endOnFailure: true });
