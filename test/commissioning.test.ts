import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DraftView } from "../src/ports/services/commissioning-services.ts";
import { called } from "./support/called.ts";
import { DemoDaemon } from "./support/demo-daemon.ts";
import { againWhereHeldUp, watchMachine } from "./support/held-up.ts";
import { InstallerAtTheDoors } from "./support/installer-at-the-doors.ts";
import type { SiteApi } from "./support/site-api.ts";
import { seen } from "./support/until.ts";

watchMachine();

const password = "commissioning-from-nothing";
let daemon: DemoDaemon;
let api: SiteApi;
let installer: InstallerAtTheDoors;

const put = (section: string, value: unknown): Promise<DraftView> =>
  api.ask("PUT", `/commissioning/draft/${section}`, { value });

beforeAll(async () => {
  daemon = await DemoDaemon.start({ name: "commissioning", commission: true, password });
  api = await daemon.logIn();
  installer = new InstallerAtTheDoors(api);
}, 60_000);
afterAll(() => daemon[Symbol.asyncDispose]());

describe("a box is commissioned from nothing", () => {
  test("before there is a site no line is taken, nobody plays with doors, and nothing is signed in its name", async () => {
    const { state, tests, mayApply } = await installer.commissioning();
    expect({ state, tests, mayApply }).toEqual({ state: "uncommissioned", tests: [], mayApply: true });
    expect(await api.ask("GET", "/commissioning/lines")).toEqual({ lines: [] });
    expect((await api.move("outer", "open")).status).toBe(404);
    expect((await api.send("POST", "/commissioning/tests/clock/start", {})).status).toBe(409);
    await api.ask("POST", "/commissioning/begin");
    expect((await api.send("POST", "/commissioning/begin")).status).toBe(409);
  });

  test("the draft is written part by part; each fault says where it is and what to do, and a faulty one is not applied", async () => {
    await put("site", { id: "hz-01", name: { en: "West Lake branch", zh: "西湖支行" } });
    const elsewhere = await put("board", { kind: "gpio", profile: "raspberry-pi-5", driver: "auto" });
    expect([elsewhere.faults, Object.keys(elsewhere.sections.lines as object)]).toEqual([
      [],
      expect.arrayContaining(["outer.lock", "inner.contact"]),
    ]);
    const missing = await api.send("POST", "/commissioning/apply", { hash: elsewhere.hash, reason: "first" });
    expect(missing.body).toMatchObject({ code: "commissioning-board-missing" });
    await put("board", { kind: "simulated", doorCloserTime: 60 });
    await put("cameras", [{ id: "street", source: { kind: "simulated" } }]);
    const doors = (lock: string) => [
      {
        id: "v1",
        name: { en: "Cash area", zh: "现金区" },
        doors: {
          outer: { lock, bolt: "fitted", rex: "fitted", releaseTime: 2 },
          inner: { bolt: "fitted", releaseTime: 2 },
        },
      },
    ];
    const { faults, hash } = await put("doors", doors("fail-sure"));
    expect(faults).toMatchObject([{ section: "doors", path: "vestibules[0].doors.outer.lock" }]);
    const refused = await api.send("POST", "/commissioning/apply", { hash, reason: "first" });
    expect([refused.status, (refused.body as { code: string }).code]).toEqual([422, "commissioning-faulty"]);
    await put("doors", doors("fail-secure"));
    await put("readers", [
      { vestibule: "v1", accessPoint: "outer-entry", reader: { kind: "simulated" }, camera: "street" },
      { vestibule: "v1", accessPoint: "inner-entry", reader: { kind: "simulated" } },
    ]);
    const strange = await put("broker", {
      broker: "external",
      url: "mqtt://127.0.0.1",
      username: "a",
      passwordFile: "/etc/hostname",
    });
    expect(strange.faults).toMatchObject([{ section: "broker", path: "mqtt.passwordFile" }]);
    await put("broker", { broker: "embedded" });
    expect((await put("clock", { timeZone: "Asia/Shanghai" })).faults).toEqual([]);
  });

  test("applied, it is what runs after the restart, and commissioning goes on", async () => {
    const { hash, yaml } = await api.ask<DraftView>("GET", "/commissioning/draft");
    const stale = await api.send("POST", "/commissioning/apply", { hash: "0".repeat(64), reason: "first" });
    expect(stale.status).toBe(409);
    const applied = await api.ask<{ hash: string }>("POST", "/commissioning/apply", {
      hash,
      reason: "first",
    });
    const look = async () => {
      const now = await installer.commissioning().catch(() => undefined);
      return now?.hash === applied.hash && now.state === "underWay" ? now : undefined;
    };
    const now = await seen(look, "the applied site", 40_000);
    expect(readFileSync(now.file, "utf8")).toBe(yaml);
    expect((await api.state()).site.id).toBe("hz-01");
    await api.atRest();
    await api.seeing();
  }, 60_000);

  test("while it is under way a card opens nothing", async () => {
    expect(await api.outcomeOf("outer-entry", "4711")).toMatchObject({
      type: "AccessDenied",
      reason: "notAuthorised",
    });
  });

  test(
    "T31: swapped contacts and swapped locks are found by the trial, before anything else",
    againWhereHeldUp,
    async () => {
      await api.ask("PUT", "/simulator/wiring", { swapped: ["contacts"] });
      expect(await installer.does("trial.v1.outer")).toMatchObject({
        verdict: "failed",
        finding: "contactsSwapped",
      });
      await api.ask("PUT", "/simulator/wiring", { swapped: [] });
      for (const door of ["outer", "inner"] as const) await api.move(door, "close");
      await api.ask("PUT", "/simulator/wiring", { swapped: ["locks"] });
      expect(await installer.does("trial.v1.inner")).toMatchObject({
        verdict: "failed",
        finding: "locksOrBoltsSwapped",
      });
      await api.ask("PUT", "/simulator/wiring", { swapped: [] });
      for (const door of ["outer", "inner"] as const) await api.move(door, "close");
      await api.atRest();
    },
  );

  test.each([
    ["board", "linesRead"],
    ["line.v1.outer.rex", "moved"],
    ["line.v1.fire", "moved"],
    ["trial.v1.outer", "inOrder"],
    ["trial.v1.inner", "inOrder"],
    ["relay.v1.outer", "underInterlock"],
    ["relay.v1.inner", "underInterlock"],
    ["reader.v1.outer-entry", "read"],
    ["keypad.v1.inner-entry", "read"],
    ["camera.street", "picture"],
    ["broker", "receivedBack"],
  ])("%s: %s", againWhereHeldUp, async (id, finding) => {
    expect(await installer.does(id)).toMatchObject({ verdict: "passed", finding });
  });

  test(
    "a person before the camera: how large, lit, sharp and turned the face is",
    againWhereHeldUp,
    async () => {
      await api.show("street", "1001");
      const { finding, figures } = await installer.does("person.street");
      expect(["good", "usable"]).toContain(finding);
      expect(figures["faceWidth"]).toBeGreaterThan(40);
      expect(figures).toMatchObject({ brightness: expect.any(Number), sharpness: expect.any(Number) });
    },
  );

  test("the clock against the installer's own", againWhereHeldUp, async () => {
    const shownTime = new Date(Date.now() - 600_000).toISOString();
    expect(await installer.does("clock", { shownTime })).toMatchObject({ finding: "wrongTime" });
    const right = await installer.does("clock", { shownTime: new Date().toISOString() });
    expect(["right", "notSynchronised"]).toContain(right.finding);
  });

  test("the interlock, step by step", { ...againWhereHeldUp, timeout: 90_000 }, async () => {
    const { verdict, steps } = await installer.does("demonstration.v1");
    expect({ verdict, steps: steps.map((step) => step.verdict) }).toEqual({
      verdict: "passed",
      steps: ["passed", "passed", "passed", "passed", "passed"],
    });
    expect(steps[0]?.seen.en).toContain("reason interlocked");
  });

  test("the doctor says the same of what the service holds", async () => {
    const { findings } = await api.ask<{ findings: { area: string; subject: string; verdict: string }[] }>(
      "GET",
      "/commissioning/doctor",
    );
    expect(findings).toContainEqual(
      expect.objectContaining({ area: "lines", subject: "v1.outer.contact", verdict: "good" }),
    );
    expect(findings.map(({ area }) => area)).toEqual(expect.arrayContaining(["clock", "disk", "cameras"]));
  });

  test("at its end a report that verifies, and with one byte changed does not", async () => {
    await api.ask("POST", "/commissioning/end", {
      comment: "Handed over.",
      openPoints: ["Battery on Monday"],
    });
    const folder = mkdtempSync(join(tmpdir(), "report-"));
    for (const name of ["report.pdf", "report.json", "report.note", "site.yaml"]) {
      const { bytes, status } = await api.send("GET", `/commissioning/${name}`);
      expect([name, status]).toEqual([name, 200]);
      writeFileSync(join(folder, name), bytes);
    }
    const { key } = await api.ask<{ key: string }>("GET", "/journal/key");
    const file = (name: string): string => join(folder, name);
    const verify = (...files: readonly string[]) =>
      called("commission", "verify", ...files, file("report.note"), "--key", key);
    const all = ["report.pdf", "report.json", "site.yaml"].map(file);
    expect((await verify(...all)).out).toContain("3 as signed");
    const pdf = readFileSync(file("report.pdf"));
    pdf[1_000] = (pdf[1_000] ?? 0) ^ 1;
    writeFileSync(file("report.pdf"), pdf);
    expect((await verify(file("report.pdf"))).code).toBe(1);
    const report = JSON.parse(readFileSync(file("report.json"), "utf8")) as {
      site: { id: string };
      ended: { openPoints: string[] };
      tests: { id: string; state: string }[];
    };
    expect(report.site.id).toBe("hz-01");
    expect(report.ended.openPoints).toEqual(["Battery on Monday"]);
    expect(report.tests.find(({ id }) => id === "relay.v1.outer")?.state).toBe("passed");
    expect((await installer.commissioning()).state).toBe("inService");
  }, 60_000);
});
