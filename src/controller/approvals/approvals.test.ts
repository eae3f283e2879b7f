import { beforeEach, describe, expect, test } from "vitest";
import type { Role } from "../../domain/operator/rights.ts";
import { wallTime } from "../../domain/time.ts";
import { type JsonObject, StorageFault } from "../../ports/journal.ts";
import type { Operator } from "../../ports/operators.ts";
import type { Proposal } from "../../ports/services/approval-services.ts";
import { MemoryJournal } from "../../simulation/memory-journal.ts";
import { VirtualClock } from "../../simulation/virtual-clock.ts";
import { Approvals } from "./approvals.ts";
import { interruptedApprovals } from "./interrupted-approvals.ts";

const day = 86_400_000;

let clock: VirtualClock;
let accounts: Operator[];
let records: { type: string; payload: JsonObject }[];
let raised: string[];
let done: string[];
let approvals: Approvals;
let storage: "ok" | "failed";

const account = (username: string, role: Role, disabled = false): Operator => ({
  username,
  role,
  disabled,
  mustChangePassword: false,
  createdAt: wallTime(0),
});

function approvalsFor(inForce: boolean): Approvals {
  let made = 0;
  const write = (type: string, payload: JsonObject): void => {
    if (storage === "failed") throw new StorageFault("full");
    records.push({ type, payload });
  };
  return new Approvals({
    rules: { inForce, waitingTime: day, operators: () => accounts },
    clock,
    newId: () => `a${++made}`,
    record: write,
    note: (type, payload) => void records.push({ type, payload }),
    raise: (detail) => void raised.push(detail),
    operatorOf: (cardholder) => (cardholder === "c-wang" ? "wang.wei" : undefined),
  });
}

beforeEach(() => {
  clock = new VirtualClock();
  accounts = [
    account("admin", "administrator"),
    account("li.na", "administrator"),
    account("wang.wei", "securityOfficer"),
    account("zhao", "auditor"),
  ];
  records = [];
  raised = [];
  done = [];
  storage = "ok";
  approvals = approvalsFor(true);
});

const proposal = (more: Partial<Proposal<string>> = {}): Proposal<string> => ({
  action: "removeCardholder",
  right: "deletePeople",
  subject: { cardholder: "c-anna" },
  before: { photos: 3 },
  after: null,
  execute: async ({ operator, confirmedBy }) => {
    done.push(`${operator}+${confirmedBy}`);
    return "result";
  },
  ...more,
});

const admin = { operator: "admin", person: "admin" };
const types = () => records.map(({ type }) => type);

async function waiting(more: Partial<Proposal<string>> = {}, proposer = admin): Promise<string> {
  const outcome = await approvals.propose(proposal(more), proposer);
  if (outcome.is !== "waiting") throw new Error(`it is ${outcome.is}`);
  return outcome.approval.id;
}

describe("four-eyes", () => {
  test.each([
    ["disabled", [account("admin", "administrator", true)]],
    ["removed", []],
    ["given another role", [account("admin", "auditor")]],
  ])("T42: what was proposed by somebody who was %s meanwhile is not done in that name", async (_, now) => {
    const id = await waiting();
    accounts = [...accounts.filter(({ username }) => username !== "admin"), ...now];
    expect(await approvals.confirm(id, "li.na", "")).toEqual({ is: "refused", reason: "changed" });
    expect([done, types(), approvals.waiting()]).toEqual([[], ["ApprovalRequested", "ApprovalFailed"], []]);
  });

  test("off: it is done at once, by one", async () => {
    approvals = approvalsFor(false);
    expect(await approvals.propose(proposal(), admin)).toEqual({ is: "done", result: "result" });
    expect(done).toEqual(["admin+null"]);
  });

  test("on: nothing is done until a second operator confirms, and both are on record", async () => {
    const id = await waiting();
    expect(done).toEqual([]);
    expect(approvals.waiting()).toMatchObject([
      { id, action: "removeCardholder", proposedBy: "admin", before: { photos: 3 }, after: null },
    ]);
    expect(await approvals.confirm(id, "li.na", "asked her")).toEqual({ is: "done" });
    expect(done).toEqual(["admin+li.na"]);
    expect(records).toEqual([
      {
        type: "ApprovalRequested",
        payload: {
          approval: id,
          operator: "admin",
          action: "removeCardholder",
          cardholder: "c-anna",
          before: { photos: 3 },
          after: null,
        },
      },
      {
        type: "ApprovalConfirmed",
        payload: {
          approval: id,
          action: "removeCardholder",
          cardholder: "c-anna",
          proposedBy: "admin",
          operator: "li.na",
          comment: "asked her",
        },
      },
    ]);
    expect(approvals.waiting()).toEqual([]);
  });

  test.each([
    ["admin", "proposer"],
    ["zhao", "notAuthorised"],
    ["nobody", "notAuthorised"],
    ["wang.wei", "subject"],
  ])("T43: %s may not confirm it (%s), and that is on record", async (operator, reason) => {
    const id = await waiting({ subject: { cardholder: "c-wang" } });
    expect(await approvals.confirm(id, operator, "")).toEqual({ is: "refused", reason });
    expect(done).toEqual([]);
    expect(records.at(-1)).toMatchObject({ type: "ApprovalRefused", payload: { operator, reason } });
    expect(approvals.waiting()).toHaveLength(1);
  });

  test("T43: nobody confirms what is about their own account", async () => {
    const id = await waiting({ subject: { operator: "li.na" }, right: "manageOperators" });
    expect(await approvals.confirm(id, "li.na", "")).toEqual({ is: "refused", reason: "subject" });
    expect(await approvals.confirm(id, "wang.wei", "")).toEqual({ is: "done" });
  });

  test("whoever made a token does not confirm what it proposes", async () => {
    const id = await waiting({}, { operator: "token:hr", person: "li.na" });
    expect(await approvals.confirm(id, "li.na", "")).toEqual({ is: "refused", reason: "proposer" });
    expect(await approvals.confirm(id, "admin", "")).toEqual({ is: "done" });
    expect(done).toEqual(["token:hr+admin"]);
  });

  test("an account that has been disabled since confirms nothing", async () => {
    const id = await waiting();
    accounts[1] = account("li.na", "administrator", true);
    expect(await approvals.confirm(id, "li.na", "")).toEqual({ is: "refused", reason: "notAuthorised" });
  });

  test("rejected: it is not done, and no longer waits", async () => {
    const id = await waiting();
    expect(await approvals.reject(id, "zhao", "")).toEqual({ is: "refused", reason: "notAuthorised" });
    expect(await approvals.reject(id, "wang.wei", "not today")).toEqual({ is: "done" });
    expect(await approvals.confirm(id, "li.na", "")).toEqual({ is: "refused", reason: "unknown" });
    expect(done).toEqual([]);
    expect(types()).toEqual(["ApprovalRequested", "ApprovalRejected"]);
  });

  test("whoever proposed it may take it back", async () => {
    const id = await waiting();
    expect(await approvals.reject(id, "admin", "")).toEqual({ is: "done" });
  });

  test("nobody decides in time: it lapses, on record", async () => {
    const id = await waiting();
    clock.advance(day - 1);
    expect(approvals.waiting()).toHaveLength(1);
    clock.advance(1);
    expect(approvals.waiting()).toEqual([]);
    expect(records.at(-1)).toMatchObject({
      type: "ApprovalLapsed",
      payload: { approval: id, reason: "time" },
    });
    expect(await approvals.confirm(id, "li.na", "")).toEqual({ is: "refused", reason: "unknown" });
  });

  test("what it is about has changed meanwhile: nothing is done", async () => {
    let photos = 3;
    const id = await waiting({ unchanged: () => photos === 3 });
    photos = 4;
    expect(await approvals.confirm(id, "li.na", "")).toEqual({ is: "refused", reason: "changed" });
    expect(done).toEqual([]);
    expect(records.at(-1)).toMatchObject({ type: "ApprovalFailed", payload: { reason: "changed" } });
    expect(approvals.waiting()).toEqual([]);
  });

  test("what can no longer be done says so to who confirms, and to the record", async () => {
    const id = await waiting({ execute: () => Promise.reject(new Error("there is no such cardholder")) });
    await expect(approvals.confirm(id, "li.na", "")).rejects.toThrow("no such cardholder");
    expect(types()).toEqual(["ApprovalRequested", "ApprovalConfirmed", "ApprovalFailed"]);
    expect(approvals.waiting()).toEqual([]);
  });

  test("two who confirm at the same time do it once", async () => {
    const id = await waiting();
    const both = await Promise.all([
      approvals.confirm(id, "li.na", ""),
      approvals.confirm(id, "wang.wei", ""),
    ]);
    expect(both).toEqual([{ is: "done" }, { is: "refused", reason: "unknown" }]);
    expect(done).toHaveLength(1);
  });

  test("what cannot be recorded is neither proposed nor confirmed", async () => {
    const id = await waiting();
    storage = "failed";
    await expect(approvals.confirm(id, "li.na", "")).rejects.toThrow(StorageFault);
    await expect(approvals.propose(proposal(), admin)).rejects.toThrow(StorageFault);
    expect(done).toEqual([]);
    storage = "ok";
    expect(await approvals.confirm(id, "li.na", "")).toEqual({ is: "done" });
  });

  test("T42: one insider alone gets nothing done, and what is done raises ConfigurationChanged", async () => {
    const id = await waiting({ action: "changeDoor", right: "changeRules", alarm: "a door's rules" });
    await approvals.confirm(id, "admin", "");
    expect([done, raised]).toEqual([[], []]);
    await approvals.confirm(id, "wang.wei", "");
    expect([done.length, raised]).toEqual([1, ["a door's rules"]]);
  });

  test("as many as wait at most: one more is refused, none is forgotten", async () => {
    for (let count = 0; count < 100; count++) await waiting();
    expect(await approvals.propose(proposal(), admin)).toEqual({ is: "refused", reason: "tooManyWaiting" });
    expect(approvals.waiting()).toHaveLength(100);
  });
});

describe("four-eyes with nobody else to confirm", () => {
  beforeEach(() => {
    accounts = [account("admin", "administrator"), account("zhao", "auditor")];
  });

  test("what weakens is refused, not done", async () => {
    expect(await approvals.propose(proposal(), admin)).toEqual({ is: "refused", reason: "nobodyToConfirm" });
    expect(done).toEqual([]);
  });

  test("what makes a second operator is done alone, and says so in the record", async () => {
    const outcome = await approvals.propose(
      proposal({ action: "addOperator", right: "manageOperators", makesSecondOperator: true }),
      admin,
    );
    expect(outcome).toEqual({ is: "done", result: "result" });
    expect(records[0]).toMatchObject({ type: "ApprovalWaived", payload: { operator: "admin" } });
  });

  test("whom it is about does not count as somebody who could confirm", async () => {
    accounts.push(account("wang.wei", "securityOfficer"));
    const outcome = await approvals.propose(proposal({ subject: { cardholder: "c-wang" } }), admin);
    expect(outcome).toEqual({ is: "refused", reason: "nobodyToConfirm" });
  });
});

test("what waited when the program ended has lapsed after the start, once", async () => {
  const journal = new MemoryJournal(clock);
  const write = ({ type, payload }: { type: string; payload: JsonObject }) =>
    void journal.append([{ type, at: clock.now(), payload }]);
  const decided = await waiting();
  await approvals.confirm(decided, "li.na", "");
  const open = await waiting();
  records.forEach(write);
  records = [];
  approvals = approvalsFor(true);
  approvals.restore(interruptedApprovals(journal));
  expect(records).toEqual([
    {
      type: "ApprovalLapsed",
      payload: {
        approval: open,
        action: "removeCardholder",
        cardholder: "c-anna",
        proposedBy: "admin",
        reason: "restart",
      },
    },
  ]);
  records.forEach(write);
  expect(interruptedApprovals(journal)).toEqual([]);
  expect(await approvals.confirm(open, "li.na", "")).toEqual({ is: "refused", reason: "unknown" });
});
