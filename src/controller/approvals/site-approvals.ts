import { randomUUID } from "node:crypto";
import type { Chronicle } from "../chronicle.ts";
import type { ControllerOptions } from "../controller-options.ts";
import { Approvals, noFourEyes } from "./approvals.ts";

/** The site's approvals; `raise` says that something was done that weakens it. */
export function approvalsOf(
  { approvals, clock, directory }: Pick<ControllerOptions, "approvals" | "clock" | "directory">,
  chronicle: Chronicle,
): Approvals {
  return new Approvals({
    rules: approvals ?? noFourEyes,
    clock,
    newId: randomUUID,
    record: (type, payload) => chronicle.require([chronicle.entry(type, payload)]),
    note: (type, payload) => chronicle.note(type, payload),
    raise: (detail) =>
      chronicle.keep([], [{ is: "pulsed", alarm: "ConfigurationChanged", place: {}, detail }]),
    operatorOf: (cardholder) => directory.get(cardholder)?.operator,
  });
}
