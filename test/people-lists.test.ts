import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DemoDaemon } from "./support/demo-daemon.ts";
import { againWhereHeldUp, watchMachine } from "./support/held-up.ts";
import { instantOf } from "./support/recorded-instant.ts";
import type { SiteApi } from "./support/site-api.ts";

// People on the whole daemon: a list taken while the doors work, a loss, and what a deletion leaves on the disk.

watchMachine();

let daemon: DemoDaemon;
let api: SiteApi;
beforeAll(async () => {
  daemon = await DemoDaemon.start({ name: "people-lists", password: "a list of many people" });
  api = await daemon.logIn();
  await api.enrolled();
  await api.atRest();
});
afterAll(() => daemon?.[Symbol.asyncDispose]());

const header = "姓名,工号,权限组,卡号\r\n";
/** Each attempt brings people and cards of its own. */
let lists = 0;
const row = (n: number): string => `Person ${n},L${lists}-${n},everywhere,${cardOf(n)}:raw\r\n`;
const cardOf = (n: number): string => `L${lists}C${n}`;

async function sent(list: string, query = ""): Promise<Record<string, unknown>> {
  const answer = await fetch(`${daemon.address}/api/v1/cardholders/import${query}`, {
    method: "POST",
    headers: { cookie: api.cookie, "content-type": "text/csv" },
    body: list,
  });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Record<string, unknown>; // as the API describes it
}

async function level(): Promise<string> {
  const { cardholders } = await api.ask<{ cardholders: { accessLevels: string[] }[] }>("GET", "/cardholders");
  return cardholders[0]?.accessLevels[0] ?? "";
}

test(
  "a list of 1,000 people comes to be at once, while a door goes on answering",
  againWhereHeldUp,
  async () => {
    lists += 1;
    const known = await level();
    const rows = Array.from({ length: 1_000 }, (_, n) => row(n))
      .join("")
      .replaceAll("everywhere", known);
    expect(await sent(header + rows + row(5).replace("everywhere", known), "?dryRun=true")).toMatchObject({
      imported: false,
      faults: [
        { row: 1_002, column: "number" },
        { row: 1_002, column: "cards" },
      ],
    });
    const before = await api.lastSeq();
    const under = sent(header + rows);
    const answered: number[] = [];
    let isOver = false;
    void under.finally(() => {
      isOver = true;
    });
    while (!isOver) {
      const seq = await api.lastSeq();
      const began = performance.now();
      await api.present("outer-entry", `nobody-${lists}-${answered.length}`);
      await api.recorded("AccessDenied", seq, { reason: "unknownCredential" });
      answered.push(performance.now() - began);
    }
    expect(await under).toMatchObject({ imported: true, people: 1_000, cards: 1_000, faults: [] });
    expect(answered.length).toBeGreaterThan(0);
    // The door answered in the midst of it, not at the end: a list of 1,000 takes longer than any of them.
    expect(Math.max(...answered)).toBeLessThan(3_000);
    const done = await api.recorded("CardholdersImported", before);
    expect(done).toMatchObject({ people: 1_000, operator: "admin" });
    const found = await api.ask<{ cardholders: { name: string }[] }>(
      "GET",
      `/cardholders?search=l${lists}-777`,
    );
    expect(found.cardholders.map(({ name }) => name)).toEqual(["Person 777"]);
  },
);

let reportedLost = 0;
test(
  "A8: a card reported lost is refused at every access point within a second",
  againWhereHeldUp,
  async () => {
    const points = ["outer-entry", "inner-entry", "inner-exit", "outer-exit"] as const;
    await api.acknowledgeAll(); // of an attempt before
    for (const accessPoint of points) {
      const card = cardOf(reportedLost++);
      const seq = await api.lastSeq();
      await api.ask("POST", `/cards/${card}/report-lost`);
      await api.present(accessPoint, card);
      const denied = await api.recorded("AccessDenied", seq, { accessPoint, card });
      expect(denied).toMatchObject({ reason: "lostCredential" });
      const reported = await api.recorded("CardReportedLost", seq, { card });
      expect(instantOf(daemon, denied) - instantOf(daemon, reported)).toBeLessThan(1_000);
    }
    expect(await api.alarm("LostCardUsed", "returned-unacknowledged")).toMatchObject({ count: 1 });
  },
);

test("§7: whoever is deleted leaves neither name nor number nor PIN in the data directory", async () => {
  const names = { name: "Quillfeather Unmistakable", number: "Q-99317", note: "keeps a parrot" };
  const { id } = await api.ask<{ id: string }>("POST", "/cardholders", names);
  await api.ask("PUT", `/cardholders/${id}/pin`, { pin: "471193", duressPin: "805318" });
  const left = (): string[] =>
    readdirSync(daemon.data, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
      .flatMap((file) =>
        ["Quillfeather", "quillfeather", "Q-99317", "q-99317", "parrot"].filter((text) =>
          file.includes(text),
        ),
      );
  expect(left()).not.toEqual([]);
  await api.ask("DELETE", `/cardholders/${id}`);
  expect(left()).toEqual([]);
});
