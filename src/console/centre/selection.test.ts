import { expect, test } from "vitest";
import type { AlarmView } from "../api/site.ts";
import { unknownSite, withAlarm } from "../live/live-site.ts";
import { moreUrgentThan, queueOf, selectedOf } from "./selection.ts";

const alarm = (id: string, more: Partial<AlarmView> = {}): AlarmView => ({
  ...{ id, type: "DoorForcedOpen", priority: "high", place: {}, phase: "active-unacknowledged" },
  ...{ since: "2026-11-21T08:00:00.000Z", count: 1, evidence: [], detail: null },
  ...{ acknowledged: null, shelved: null, comments: [], shelvable: true },
  ...more,
});
const shelved = { by: "wang", at: "", until: "", reason: "the fitter is here" };
const queue = (...alarms: readonly AlarmView[]) => queueOf(alarms.reduce(withAlarm, unknownSite).alarms);

test("what somebody has to deal with comes first, by priority; what is seen to and shelved stands apart", () => {
  const found = queue(
    alarm("low", { priority: "low" }),
    alarm("seen", { priority: "critical", phase: "active-acknowledged" }),
    alarm("shelved", { shelved }),
    alarm("critical", { priority: "critical" }),
    alarm("high"),
  );
  expect(found.demanding.map(({ id }) => id)).toEqual(["critical", "high", "low"]);
  expect(found.seen.map(({ id }) => id)).toEqual(["seen"]);
  expect(found.shelved.map(({ id }) => id)).toEqual(["shelved"]);
});

test("a person in danger comes before everything else; of the same priority what goes on before what is over", () => {
  const found = queue(
    alarm("duress", { priority: "critical", type: "Duress", since: "2026-11-21T07:00:00.000Z" }),
    alarm("over", { priority: "critical", phase: "returned-unacknowledged" }),
    alarm("active", { priority: "critical", since: "2026-11-21T07:30:00.000Z" }),
  );
  expect(found.demanding.map(({ id }) => id)).toEqual(["duress", "active", "over"]);
});

test("the most pressing is shown by itself; what somebody deals with stays until it is over", () => {
  const two = queue(alarm("a", { priority: "medium" }), alarm("b", { priority: "critical" }));
  expect(selectedOf(two, null)?.id).toBe("b");
  expect(selectedOf(two, "a")?.id).toBe("a");
  expect(selectedOf(two, "gone")?.id).toBe("b");
  expect(selectedOf(queue(alarm("s", { shelved })), null)).toBeNull();
  expect(selectedOf(queue(), null)).toBeNull();
});

test("whoever deals with one is told of a more urgent one, and of each critical one", () => {
  const medium = alarm("a", { priority: "medium" });
  const critical = alarm("b", { priority: "critical" });
  expect(moreUrgentThan(queue(medium, critical), medium)?.id).toBe("b");
  expect(moreUrgentThan(queue(medium, critical), critical)).toBeNull();
  const other = alarm("c", { priority: "critical", since: "2026-11-21T09:00:00.000Z" });
  expect(moreUrgentThan(queue(critical, other), critical)?.id).toBe("c");
  const seen = alarm("d", { priority: "critical", phase: "active-acknowledged" });
  expect(moreUrgentThan(queue(medium, seen), seen)?.id).toBe("a");
  expect(moreUrgentThan(queue(medium, alarm("e", { priority: "low" })), medium)).toBeNull();
});
