import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { wallTime } from "../time.ts";
import { displayAfter } from "./display.ts";
import type { DenialReason } from "./event.ts";
import { faceRefused, monday, passes, quiet, type Step, staff, wall } from "./given.ts";
import {
  areas,
  at,
  called,
  comes,
  enters,
  operatorAsksFor,
  operatorDecides,
  policyFor,
  ran,
  shows,
} from "./given-people.ts";
import type { AccessPolicy } from "./policy.ts";

const pair = (groups: readonly string[] = []) => ({
  doors: {
    "v1/outer": { multiPerson: { count: 2, groups, window: 30_000, directions: "entry" as const } },
  },
});
const around = (changes: Partial<typeof quiet>) => ({ surroundings: { ...quiet, ...changes } });
const office = { name: "office", spans: [{ days: ["monday" as const], from: 480, to: 1_080 }] };
const refused = (...steps: readonly Step[]) => ({ steps, policy: {} as Partial<AccessPolicy> });

/** One way to each reason (domain.md §3), and what the display says then. */
const ways: Readonly<
  Record<DenialReason, { readonly steps: readonly Step[]; readonly policy: Partial<AccessPolicy> }>
> = {
  interlocked: refused(comes("a", {}, around({ secure: { outer: true, inner: false } }))),
  unknownCredential: refused(comes("a", { cardStatus: "revoked" })),
  lostCredential: refused(comes("a", { cardStatus: "lost" })),
  suspendedCredential: refused(comes("a", { cardholderStatus: "suspended" })),
  expiredCredential: refused(comes("a", { validUntil: wall })),
  notYetValid: refused(comes("a", { validFrom: wallTime(wall + 1) })),
  outOfSchedule: {
    steps: [comes("a", {}, { local: { ...monday, minute: 0 } })],
    policy: { levels: [{ ...staff, schedule: office }] },
  },
  noAccessLevel: refused(comes("a", { accessLevels: [] })),
  antiPassback: { steps: [comes("a", { area: "secure" })], policy: areas({ antiPassback: "hard" }) },
  lockedOut: {
    steps: [comes("a", { cardStatus: "lost" }), passes(2_000), comes("a", {}, { passage: "again" })],
    policy: { maxFailures: 1 },
  },
  noFace: refused(comes("a"), faceRefused("a", "noFace")),
  multipleFaces: refused(comes("a"), faceRefused("a", "multipleFaces")),
  poorQuality: refused(comes("a"), faceRefused("a", "poorQuality")),
  notLive: refused(comes("a"), faceRefused("a", "notLive")),
  faceMismatch: refused(comes("a"), faceRefused("a", "faceMismatch")),
  cameraFault: refused(comes("a", {}, around({ camera: "faulty" }))),
  wrongPin: refused(comes("a", { accessLevels: ["pins"] }), enters("a", "wrong")),
  timeout: refused(comes("a"), passes(5_000)),
  multiPersonIncomplete: { steps: [...shows("a"), passes(30_000)], policy: pair() },
  samePerson: {
    steps: [...shows("a"), comes("another card", { cardholder: "a" })],
    policy: pair(),
  },
  groupMissing: { steps: [...shows("a")], policy: pair(["manager", "custodian"]) },
  remoteDenied: refused(...shows("a", { accessLevels: ["forgetful"] }), operatorDecides("a", false)),
  occupancyLimit: {
    steps: [comes("a", {}, around({ occupancy: { vestibule: 1, secure: 0 } }))],
    policy: areas({ vestibuleMax: 1 }),
  },
  lockdown: refused(comes("a", {}, around({ lockdown: true }))),
  storageFault: refused(comes("a", {}, around({ storage: "failed" }))),
  notAuthorised: refused(operatorAsksFor("a", called("a"))),
};

describe("every reason for denial", () => {
  test.each(Object.entries(ways))("%s", (reason, { steps, policy }) => {
    const { events, last } = ran(policyFor(policy), ...steps);
    expect(last("AccessDenied")).toMatchObject({ reason });
    expect(events.map(({ type }) => type)).not.toContain("AccessGranted");
  });

  test("of the contract has its way here", () => {
    const source = readFileSync(new URL("event.ts", import.meta.url), "utf8");
    const union = /export type DenialReason =([^;]+);/.exec(source)?.[1] ?? "";
    const reasons = [...union.matchAll(/\| "(\w+)"/g)].map(([, reason = ""]) => reason);
    expect(reasons).toHaveLength(26);
    expect(new Set(Object.keys(ways))).toEqual(new Set(reasons));
  });

  test("T25: whatever is wrong with a face or a PIN looks the same at the door", () => {
    const shown = (["wrongPin", "faceMismatch", "notLive", "noFace", "timeout"] as const).map((reason) => {
      const { steps, policy } = ways[reason];
      const denied = ran(policyFor(policy), ...steps).last("AccessDenied");
      return denied && displayAfter(denied);
    });
    for (const display of shown) expect(display).toEqual({ text: "tryAgain", hint: "faceCamera" });
  });

  test("R15: none of the rules on groups, areas, schedules of a first person or duress keeps anybody in", () => {
    const strict = policyFor({
      ...areas({ antiPassback: "hard", vestibuleMax: 1, secureMax: 1, secureMin: 2, countingCamera: "c" }),
      doors: {
        "v1/outer": {
          multiPerson: { count: 16, groups: ["nobody"], window: 30_000, directions: "both" },
          remoteGrant: true,
        },
      },
      duress: { policy: "grantOuterHoldInner" },
    });
    const leaves = { where: at("outer-exit"), ...around({ occupancy: { vestibule: 9, secure: 9 } }) };
    const visitor = { kind: "visitor", host: "x", area: "outside", isDuressCard: true } as const;
    expect(ran(strict, ...shows("a", visitor, leaves)).last("AccessGranted")).toBeDefined();
  });
});
