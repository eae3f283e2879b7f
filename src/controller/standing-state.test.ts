import { describe, expect, test } from "vitest";
import { quietCondition, usualRules } from "../../test/support/quiet-condition.ts";
import type { InterlockEvent } from "../domain/interlock/interlock.ts";
import { instant } from "../domain/time.ts";
import type { VestibuleCondition, VestibuleReport } from "../ports/interlock-link.ts";
import type { JsonObject } from "../ports/journal.ts";
import { MemoryJournal } from "../simulation/memory-journal.ts";
import { VirtualClock } from "../simulation/virtual-clock.ts";
import { StandingState } from "./standing-state.ts";

const report = (condition: Partial<VestibuleCondition> = {}): readonly VestibuleReport[] => {
  const door = {
    contact: "closed",
    bolt: "thrown",
    lock: "secured",
    secure: true,
    since: instant(0),
  } as const;
  return [
    {
      vestibule: "v1",
      condition: { ...quietCondition, ...condition },
      rules: usualRules,
      doors: { outer: door, inner: door },
    },
  ];
};
const lockedBy = (order: boolean, input = false) => report({ lockdown: { order, input } });

/** After `history`, one controller; what it tells the interlock, in order. */
function controllerAfter(...history: readonly (readonly [string, JsonObject])[]) {
  const journal = new MemoryJournal(new VirtualClock());
  if (history.length > 0)
    journal.append(
      history.map(([type, payload]) => ({ type, at: instant(0), payload: { vestibule: "v1", ...payload } })),
    );
  const told: string[] = [];
  const standing = new StandingState(
    {
      lockDown: (vestibule, active) => told.push(`${vestibule} lockdown ${active}`),
      restore: (vestibule, emergency, people) => told.push(`${vestibule} restore ${emergency} ${people}`),
    },
    (run) => told.push(`new run ${run}`),
  );
  standing.restore(journal);
  return { standing, told: () => told.splice(0) };
}

const event = (type: string, facts: object = {}): InterlockEvent =>
  ({ type, at: instant(1), ...facts }) as InterlockEvent; // only what is read of it
const taken = (enters: boolean) =>
  event("AccessTaken", { door: "outer", openFor: 1, grant: { id: "p", kind: "access", enters } });

describe("R14: an ordered lockdown", () => {
  test("is said to every run of the interlock before anything else, and not again once it holds", () => {
    const { standing, told } = controllerAfter(["LockdownOrdered", {}], ["EmergencyStarted", {}]);
    standing.onReport("a", report());
    expect(told()).toEqual(["v1 lockdown true", "v1 restore true 0"]);
    const heard = report({ lockdown: { order: true, input: false }, emergency: true });
    standing.onReport("a", heard);
    standing.onReport("a", heard);
    expect(told()).toEqual(["new run a"]);
    standing.onReport("b", report());
    expect(told()[0]).toBe("v1 lockdown true");
  });

  test("is over once it was lifted, also for the next controller", () => {
    const { standing, told } = controllerAfter(["LockdownOrdered", {}], ["LockdownLiftOrdered", {}]);
    expect(standing.of("v1").lockdown).toBe(false);
    standing.onReport("a", report());
    expect(told()).toEqual(["new run a"]);
  });

  test("lifted while the interlock was silent is lifted when it is back", () => {
    const { standing, told } = controllerAfter(["LockdownOrdered", {}]);
    standing.order("v1", false);
    expect(told()).toEqual(["v1 lockdown false"]);
    standing.onReport("a", lockedBy(true));
    expect(told()[0]).toBe("v1 lockdown false");
    standing.onReport("a", lockedBy(false));
    expect(told()).toEqual([]);
  });

  test("that nobody could write down is not lifted by the controller that comes after", () => {
    const { standing, told } = controllerAfter(["LockdownOrdered", {}], ["LockdownLiftOrdered", {}]);
    standing.onReport("a", lockedBy(true));
    expect(told()).toEqual(["new run a"]);
    expect(standing.of("v1").lockdown).toBe(true);
  });

  test("whose start is told late does not undo its lifting", () => {
    const { standing, told } = controllerAfter();
    standing.order("v1", true);
    standing.order("v1", false);
    standing.onInterlock("v1", event("LockdownStarted", { by: "order" }));
    standing.onReport("a", lockedBy(true));
    standing.onReport("a", lockedBy(false));
    expect(standing.of("v1").lockdown).toBe(false);
    expect(told().at(-1)).toBe("new run a");
  });

  test("by a switch is the switch's: nothing is ordered", () => {
    const { standing, told } = controllerAfter(["LockdownStarted", { by: "input" }]);
    standing.onReport("a", lockedBy(false, true));
    expect(standing.of("v1").lockdown).toBe(false);
    expect(told()).toEqual(["new run a"]);
  });
});

describe("R12: an emergency that nobody has reset", () => {
  test("is restored to a new run, and never to one that has been told", () => {
    const { standing, told } = controllerAfter(["EmergencyStarted", {}], ["InterlockStarted", { run: "a" }]);
    standing.onReport("a", report());
    expect(told(), "it may have been reset there, and the word of it is still on its way").toEqual([]);
    standing.onReport("b", report());
    standing.onReport("b", report());
    expect(told(), "until it has been heard").toEqual(["v1 restore true 0", "v1 restore true 0"]);
    standing.onReport("b", report({ emergency: true }));
    expect(told()).toEqual(["new run b"]);
    standing.onReport("b", report());
    expect(told()).toEqual([]);
  });

  test("is over with its reset", () => {
    const { standing, told } = controllerAfter(["EmergencyStarted", {}]);
    standing.onInterlock("v1", event("EmergencyReset", { id: "r" }));
    standing.onReport("a", report());
    expect(told()).toEqual(["new run a"]);
  });

  test("whose reset was lost is what the interlock says it is", () => {
    const { standing } = controllerAfter(["EmergencyStarted", {}]);
    standing.onGap(report({ emergency: false, people: 2 }));
    expect(standing.of("v1")).toMatchObject({ emergency: false, people: 2 });
  });
});

describe("R15: people between the doors", () => {
  test("are those who came in and did not leave, before and after the start", () => {
    const { standing, told } = controllerAfter(
      ["AccessTaken", { accessPoint: "outer-entry" }],
      ["AccessTaken", { accessPoint: "outer-entry" }],
      ["AccessTaken", { door: "inner", grant: "access", enters: false }],
      ["AccessTaken", { door: "inner", grant: "egress" }],
    );
    expect(standing.of("v1").people).toBe(2);
    standing.onInterlock("v1", taken(false));
    expect(standing.of("v1").people).toBe(1);
    standing.onReport("a", report());
    expect(told()).toEqual(["v1 restore false 1"]);
    standing.onReport("a", report({ people: 1 }));
    expect(told()).toEqual(["new run a"]);
  });

  test.each(["emergency", "override"])("are none after a door was opened by %s", (cause) => {
    const { standing } = controllerAfter(["AccessTaken", { accessPoint: "outer-entry" }]);
    standing.onInterlock("v1", event("DoorOpened", { door: "outer", cause }));
    expect(standing.of("v1").people).toBe(0);
    standing.onInterlock("v1", taken(false));
    expect(standing.of("v1").people, "never fewer than none").toBe(0);
  });

  test("are as many as an operator has put right, before and after the start", () => {
    const { standing } = controllerAfter(
      ["AccessTaken", { accessPoint: "outer-entry" }],
      ["AccessTaken", { accessPoint: "outer-entry" }],
      ["OccupancyCorrected", { people: 1 }],
      ["AccessTaken", { accessPoint: "outer-entry" }],
    );
    expect(standing.of("v1").people).toBe(2);
    standing.onInterlock("v1", event("OccupancyCorrected", { people: 0 }));
    expect(standing.of("v1").people).toBe(0);
  });

  test("are not fewer for a door that was opened otherwise", () => {
    const { standing } = controllerAfter(
      ["AccessTaken", { accessPoint: "outer-entry" }],
      ["DoorOpened", { door: "outer", cause: "granted" }],
      ["DoorOpened", { door: "inner", cause: "forced" }],
    );
    expect(standing.of("v1").people).toBe(1);
  });
});
