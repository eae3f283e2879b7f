import { beforeEach, describe, expect, test } from "vitest";
import type { ProvableJournal } from "../../ports/journal-proofs.ts";
import type { WitnessAnswer, WitnessRequest } from "../../ports/witness.ts";
import { MemoryJournal } from "../../simulation/memory-journal.ts";
import { VirtualClock } from "../../simulation/virtual-clock.ts";
import { AlarmDesk } from "../alarm-desk.ts";
import { Chronicle } from "../chronicle.ts";
import { Recorder } from "../recorder.ts";
import { nothingBefore, type ProofsBefore, proofsBefore, SiteProofs } from "./site-proofs.ts";

const minute = 60_000;
/** One signature, as far as anybody here looks. */
const cosigned: WitnessAnswer = { is: "cosigned", lines: "— w AAAA\n", posixSeconds: 1_700_000_000 };

let clock: VirtualClock;
let journal: MemoryJournal;
let alarms: AlarmDesk;
let chronicle: Chronicle;
/** What the journal has been asked to sign and keep. */
let provable: ProvableJournal & { size: number; signed: number; kept: [number, string][]; note?: string };
let asked: WitnessRequest[];
let answers: (request: WitnessRequest) => WitnessAnswer;
let told: number[];

beforeEach(() => {
  clock = new VirtualClock();
  journal = new MemoryJournal(clock);
  alarms = new AlarmDesk(clock);
  const recorder = new Recorder(journal, clock, { onRecord: () => undefined, onStorage: () => undefined });
  chronicle = new Chronicle(recorder, alarms, clock);
  [asked, told, answers] = [[], [], () => cosigned];
  provable = {
    ...{ size: 5, signed: 0, kept: [] },
    checkpointNow() {
      this.signed = this.size;
      return this.checkpoint();
    },
    checkpoint() {
      return this.signed === 0 ? undefined : { size: this.signed, note: this.note ?? `state ${this.signed}` };
    },
    witnessed: () => undefined,
    keepCosignatures(size, lines) {
      this.kept.push([size, lines]);
    },
    proveInclusion: () => {
      throw new Error("not asked for here");
    },
    proveConsistency: (from, to) => ({
      from,
      to,
      fromRoot: "",
      toRoot: "",
      proof: from === 0 ? [] : [`${from}-${to}`],
    }),
  };
});

type Handover = { readonly former: string | undefined; readonly isSignedByFormer: boolean };

function open(handover?: Handover, hasWitness = true, before: Partial<ProofsBefore> = {}): SiteProofs {
  const announced: string[] = [];
  const proofs = new SiteProofs(
    {
      journal: provable,
      key: { verifierKey: "key+00000000+AQ==", handover, announced: () => void announced.push("key") },
      witness: hasWitness
        ? {
            witness: {
              submit: async (request) => {
                asked.push(request);
                return answers(request);
              },
            },
            interval: minute,
            overdueAfter: 60 * minute,
          }
        : undefined,
    },
    chronicle,
    clock,
    () => undefined,
  );
  proofs.start({ ...nothingBefore, ...before }, ({ size }) => void told.push(size));
  return proofs;
}

/** The witness answers between the timers. */
async function passes(milliseconds: number): Promise<void> {
  for (let left = milliseconds; left > 0; left -= 1_000) {
    clock.advance(Math.min(1_000, left));
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  }
}

const types = (): string[] => journal.query({ limit: 100 }).map(({ type }) => type);
const phaseOf = (id: string) => alarms.find(id)?.phase;

describe("a witness", () => {
  test("is asked for each new state, from what it saw last, and its signature is kept", async () => {
    using proofs = open();
    await passes(2_000);
    expect(asked).toEqual([{ oldSize: 0, proof: [], note: "state 5" }]);
    provable.size = 9;
    await passes(minute);
    expect(asked[1]).toEqual({ oldSize: 5, proof: ["5-9"], note: "state 9" });
    expect(provable.kept).toEqual([
      [5, "— w AAAA\n"],
      [9, "— w AAAA\n"],
    ]);
    expect(proofs.view().witness).toEqual({
      size: 9,
      at: "2023-11-14T22:13:20.000Z",
      state: "good",
      detail: null,
    });
  });

  test("is asked every ten minutes where nothing is new, so that its silence shows", async () => {
    using _proofs = open();
    await passes(30 * minute);
    expect(asked.length).toBeGreaterThanOrEqual(3);
    expect(asked.length).toBeLessThanOrEqual(4);
    expect(types()).toEqual([]);
  });

  test("that saw more than is remembered here is asked again from there", async () => {
    answers = ({ oldSize }) => (oldSize === 3 ? cosigned : { is: "conflict", size: 3 });
    using proofs = open();
    await passes(2_000);
    expect(asked.map(({ oldSize }) => oldSize)).toEqual([0, 3]);
    expect(proofs.view().witness?.state).toBe("good");
  });

  test.each([
    ["more than there is: this journal was put back", { is: "conflict", size: 6 }],
    ["another journal", { is: "forked", detail: "another root" }],
  ] as const)("T41: that saw %s raises AuditBroken at once, once", async (_, answer) => {
    answers = () => answer;
    using proofs = open();
    await passes(3 * minute);
    expect(types().filter((type) => type === "WitnessContradicted")).toHaveLength(1);
    expect(phaseOf("site.AuditBroken")).toBe("active-unacknowledged");
    expect(proofs.view().witness?.state).toBe("forked");
    answers = () => cosigned;
    await passes(2 * minute);
    expect(phaseOf("site.AuditBroken")).toBe("returned-unacknowledged");
  });

  test("T41: that saw more than a backup that was put back held is AuditBroken all the same, and says how much is lost", async () => {
    answers = () => ({ is: "conflict", size: 40 });
    using proofs = open(undefined, true, { restored: { seq: 4, last: 3 } });
    await passes(2_000);
    const [record] = journal.query({ type: "WitnessAheadOfBackup", limit: 5 });
    expect(record?.payload).toMatchObject({ saw: 40, last: 3, lost: 37, restored: 4 });
    expect(alarms.find("site.AuditBroken")).toMatchObject({
      phase: "active-unacknowledged",
      detail: expect.stringContaining("37 witnessed records are not in this journal"),
    });
    expect(proofs.isContradicted).toBe(true);
    // Grown beyond what the witness saw, it is still another journal.
    provable.size = 50;
    answers = ({ oldSize }) =>
      oldSize === 40 ? { is: "forked", detail: "another root" } : { is: "conflict", size: 40 };
    await passes(2 * minute);
    expect(proofs.view().witness?.state).toBe("forked");
  });

  test("T41: a contradiction outlives a restart, until the witness signs again", async () => {
    answers = () => ({ is: "conflict", size: 6 });
    const first = open();
    await passes(2_000);
    first[Symbol.dispose]();
    const before = proofsBefore(journal, false);
    expect(before).toMatchObject({ isContradicted: true, restored: undefined });
    answers = () => ({ is: "unreachable", detail: "no answer" });
    using proofs = open(undefined, true, before);
    expect(proofs.isContradicted).toBe(true);
    await passes(2 * minute);
    expect(proofs.view().witness?.state).toBe("forked");
    expect(phaseOf("site.AuditBroken")).toBe("active-unacknowledged");
    answers = () => cosigned;
    await passes(2 * minute);
    expect(phaseOf("site.AuditBroken")).toBe("returned-unacknowledged");
    expect(proofsBefore(journal, false).isContradicted).toBe(false);
  });

  test("T41: that has forgotten what it signed is told of once: the next journal that is put back it would not find", async () => {
    using proofs = open();
    await passes(2_000);
    provable.size = 9;
    answers = ({ oldSize }) => (oldSize === 2 ? cosigned : { is: "conflict", size: 2 });
    await passes(2 * minute);
    expect(types().filter((type) => type === "WitnessForgot")).toHaveLength(1);
    expect(journal.query({ type: "WitnessForgot", limit: 1 })[0]?.payload).toEqual({ saw: 5, now: 2 });
    expect(phaseOf("site.JournalUnwitnessed")).toBe("returned-unacknowledged");
    expect(proofs.view().witness).toMatchObject({ state: "good", size: 9 });
  });

  test("that has been silent since before a start is overdue by the time of its last signature", async () => {
    const signature = Buffer.alloc(76);
    signature.writeBigUInt64BE(BigInt(Math.floor((clock.wall() - 50 * minute) / 1_000)), 4);
    const cosignatures = `— w ${signature.toString("base64")}\n`;
    provable.witnessed = () => ({ size: 5, note: "state 5", cosignatures });
    answers = () => ({ is: "unreachable", detail: "no answer" });
    using _proofs = open();
    await passes(9 * minute);
    expect(phaseOf("site.JournalUnwitnessed")).toBeUndefined();
    await passes(3 * minute);
    expect(phaseOf("site.JournalUnwitnessed")).toBe("active-unacknowledged");
  });

  test("that is away for longer than the site allows is an alarm, over when it is back", async () => {
    answers = () => ({ is: "unreachable", detail: "no answer within 10 s" });
    using proofs = open();
    await passes(59 * minute);
    expect(phaseOf("site.JournalUnwitnessed")).toBeUndefined();
    expect(proofs.view().witness).toMatchObject({ state: "waiting", detail: "no answer within 10 s" });
    await passes(3 * minute);
    expect(phaseOf("site.JournalUnwitnessed")).toBe("active-unacknowledged");
    expect(types().filter((type) => type === "WitnessSilent")).toHaveLength(1);
    answers = () => cosigned;
    await passes(2 * minute);
    expect(phaseOf("site.JournalUnwitnessed")).toBe("returned-unacknowledged");
  });
});

describe("the journal's signatures", () => {
  test("whatever was written is signed within a minute, and the centre is told of each new state once", async () => {
    using _proofs = open(undefined, false);
    await passes(61_000);
    expect(provable.signed).toBe(5);
    await passes(10_000);
    expect(told).toEqual([5]);
    provable.size = provable.signed = 7;
    await passes(3_000);
    expect(told).toEqual([5, 7]);
  });

  test("a first key is on record; one that no former key stands for, over a signed journal, is an alarm", () => {
    open({ former: undefined, isSignedByFormer: false }, false)[Symbol.dispose]();
    expect(journal.query({ limit: 1 })[0]).toMatchObject({
      type: "JournalKeyChanged",
      payload: { former: null },
    });
    expect(phaseOf("site.AuditBroken")).toBeUndefined();
    provable.signed = 5;
    provable.note = "state 5\n\n— key AAAAAAA=\n"; // by this very key, whose announcement was cut off
    open({ former: undefined, isSignedByFormer: false }, false)[Symbol.dispose]();
    expect(phaseOf("site.AuditBroken")).toBeUndefined();
    provable.note = "state 5\n\n— key BBBBBBA=\n";
    open({ former: "old", isSignedByFormer: true }, false)[Symbol.dispose]();
    expect(phaseOf("site.AuditBroken")).toBeUndefined();
    open({ former: "old", isSignedByFormer: false }, false)[Symbol.dispose]();
    expect(phaseOf("site.AuditBroken")).toBe("active-unacknowledged");
  });
});
