import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectAsync, type IClientPublishOptions } from "mqtt";
import { afterEach, beforeEach, expect, test } from "vitest";
import { requestsSchema } from "../../src/config/requests-schema.ts";
import { SystemClock } from "../../src/drivers/clock/system-clock.ts";
import { EmbeddedBroker } from "../../src/drivers/mqtt/embedded-broker.ts";
import type { MqttAlarmLink } from "../../src/drivers/mqtt/mqtt-alarm-link.ts";
import type { CentreRules } from "../../src/ports/centre-rules.ts";
import { MemoryCursor } from "../../src/simulation/memory-journal.ts";
import { called } from "../support/called.ts";
import { CentreForTests, lockdown } from "../support/centre.ts";
import { undescribed } from "../support/described-messages.ts";
import { Listener, Mosquitto } from "../support/mosquitto.ts";
import { becomes, realLink } from "../support/real-link.ts";
import { SiteInOneProcess } from "../support/site-in-one-process.ts";
import { until } from "../support/until.ts";

/** As the simulated site calls itself. */
const site = "s1";
const root = `vestibule/${site}/`;

let cleanup: AsyncDisposableStack;
let folder: string;
beforeEach(() => {
  cleanup = new AsyncDisposableStack();
  folder = mkdtempSync(join(tmpdir(), "vestibule-centre-"));
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }));
});
afterEach(() => cleanup.disposeAsync());

/** A box on the link, whose time goes on as everybody else's does. */
async function box(link: MqttAlarmLink, requests?: CentreRules): Promise<SiteInOneProcess> {
  cleanup.use(link);
  await becomes(link, "online");
  const running = await SiteInOneProcess.open({
    options: { broker: { link, cursor: new MemoryCursor(), requests } },
  });
  running.clock.stepWall(Date.now() - running.clock.wall());
  const going = setInterval(() => void running.passes(20), 20);
  cleanup.defer(() => clearInterval(going));
  cleanup.defer(() => running.stopController());
  return running;
}

const boxLink = (url: string, more: object = {}) => realLink(url, { site, ...more });
const isLockedDown = (running: SiteInOneProcess) => running.vestibule().condition?.lockdown.order;

/** Keys as people at the centre make them, and what the site's file then says. */
async function keysOf(...people: string[]): Promise<CentreRules> {
  const keys = [];
  for (const operator of people) {
    const args = ["--id", `${operator}-1`, "--operator", operator, "--out", join(folder, operator), "--json"];
    const { code, out } = await called("centre-key", "make", ...args);
    expect(code).toBe(0);
    keys.push({ ...JSON.parse(out), actions: ["lockdown", "lift-lockdown"] });
  }
  return requestsSchema.parse({ keys });
}

async function publish(url: string, topic: string, text: string, options: IClientPublishOptions = {}) {
  const client = await connectAsync(url, { protocolVersion: 5 });
  await client.publishAsync(topic, text, { qos: 1, ...options });
  await client.endAsync();
}

test("from the command line: locked down by one, lifted by two; once each, and what was missed is fetched", async () => {
  const broker = cleanup.use(await Mosquitto.start());
  const listener = cleanup.use(await Listener.to(broker.url, `${root}#`));
  const running = await box(boxLink(broker.url), await keysOf("li", "wang"));
  const to = ["--url", broker.url, "--site", site];
  const [li, wang] = [join(folder, "li"), join(folder, "wang")];
  const why = ["--vestibule", "v1", "--reason", "armed person"];
  expect(await called("centre-request", "lockdown", ...to, "--key", li, ...why)).toMatchObject({
    ...{ code: 0, out: "done\n" },
  });
  expect(isLockedDown(running)).toBe(true);
  const { text, packet } = listener.heard.find(({ topic }) => topic === `${root}request/lockdown`) ?? {};
  expect(packet?.properties).toMatchObject({ responseTopic: expect.stringContaining(`${root}reply/`) });

  const alone = await called("centre-request", "lift-lockdown", ...to, "--key", li, ...why);
  expect(alone).toMatchObject({ code: 1, out: "refused: secondSignature\n" });
  const [first, begun] = [["--with", "wang-1", "--write"], join(folder, "lift")];
  await called("centre-request", "lift-lockdown", ...to, "--key", li, ...why, ...first, begun);
  const half = readFileSync(begun, "utf8");
  await publish(broker.url, `${root}request/lift-lockdown`, half);
  expect(
    await called("centre-request", "lift-lockdown", ...to, "--key", li, "--continue", begun),
  ).toMatchObject({
    ...{ code: 2, err: expect.stringContaining("waits for the signature of wang-1, not of li-1") },
  });
  expect(isLockedDown(running)).toBe(true);
  const second = ["--key", wang, "--continue", begun];
  expect(await called("centre-request", "lift-lockdown", ...to, ...second)).toMatchObject({ code: 0 });
  expect(isLockedDown(running)).toBe(false);

  // T10, T13: the same again, as a network or somebody who listens might send it.
  await publish(broker.url, `${root}request/lockdown`, text ?? "");
  await publish(broker.url, `${root}request/lockdown`, text ?? "", { retain: true });
  await until(() => running.records("CentreRequestRefused").length === 4, "all are refused");
  expect(running.records("CentreRequestRefused").map(({ payload }) => payload["why"])).toEqual([
    ...["secondSignature", "badSignature", "nonceUsed", "retained"],
  ]);
  expect(isLockedDown(running)).toBe(false);
  expect(running.alarm("site.CentreRequestsRefused")).toBeDefined();

  const events = () => listener.heard.filter(({ topic }) => topic.includes("/event/"));
  await until(() => events().length === running.journal.last(), "all events are heard");
  const heard = events().map(({ text: event }) => event);
  const { code, out, err } = await called("centre-request", "replay", ...to, "--after", "2");
  expect([code, err]).toEqual([0, expect.stringMatching(/^\d+ events; that is all\n$/)]);
  expect(
    out
      .trim()
      .split("\n")
      .slice(0, heard.length - 2),
  ).toEqual(heard.slice(2));
  expect(running.records("ReplayRequested")).toHaveLength(1);
  // Whatever the box has said here is as docs/asyncapi.yaml has it; what others ask is theirs.
  const said = listener.heard.filter(({ topic }) => !topic.startsWith(`${root}request/`));
  expect(
    said.map(({ topic, text: body }) => undescribed(topic, body)).filter((fault) => fault !== undefined),
  ).toEqual([]);
  expect(said.every(({ packet: { properties } }) => properties?.contentType === "application/json")).toBe(
    true,
  );
});

test("T11: a request that the broker has kept is not carried out when the box comes", async () => {
  const broker = cleanup.use(await Mosquitto.start());
  const centre = new CentreForTests(site);
  const good = JSON.stringify(centre.sign(centre.body(lockdown, Date.now())));
  await publish(broker.url, `${root}request/lockdown`, good, { retain: true });
  const replay = { properties: { responseTopic: `${root}reply/x` }, retain: true };
  await publish(broker.url, `${root}request/replay`, '{"after":0}', replay);
  const running = await box(boxLink(broker.url), centre.rules);
  await until(() => running.records("CentreRequestRefused").length === 1, "it is refused");
  expect(running.records("CentreRequestRefused")[0]?.payload).toMatchObject({ why: "retained" });
  expect(isLockedDown(running)).toBe(false);
  expect(running.records("ReplayRequested")).toEqual([]);
});

test("a broker that was full drops for who is slow: the gap shows, and is filled from the box", async () => {
  const broker = cleanup.use(await Mosquitto.start({ lines: ["max_queued_messages 10"] }));
  const running = await box(boxLink(broker.url));
  const session = { clientId: "centre", clean: false, properties: { sessionExpiryInterval: 600 } };
  const before = await Listener.to(broker.url, `${root}+/event/+`, session);
  await before[Symbol.asyncDispose]();
  for (let n = 0; n < 60; n++)
    running.journal.append([{ type: "SessionOpened", at: running.clock.now(), payload: { n } }]);
  await running.services.record("SessionEnded", {});
  const last = running.journal.last();
  await until(() => broker.log().includes("/event/SessionEnded"), "the broker has them");
  const after = cleanup.use(
    await Listener.to(broker.url, [`${root}+/event/+`, `${root}reply/centre`], session),
  );
  await until(() => after.heard.length > 0, "what was kept for it");
  await running.services.record("SessionOpened", {});
  const seqs = (part: string) =>
    after.bodies(part).flatMap(({ seq }) => (seq === undefined ? [] : [Number(seq)]));
  await until(() => seqs("/event/").includes(last + 1), "and what is new");
  const known = new Set([...before.bodies("/event/").map(({ seq }) => Number(seq)), ...seqs("/event/")]);
  const missed = Array.from({ length: last }, (_, index) => index + 1).filter((seq) => !known.has(seq));
  expect(missed.length).toBeGreaterThan(20);
  const properties = { responseTopic: `${root}reply/centre`, correlationData: Buffer.from("gap") };
  const asked = JSON.stringify({ after: 0, limit: 1000 });
  await publish(broker.url, `${root}request/replay`, asked, { properties });
  await until(() => after.bodies("reply/").some(({ end }) => end === true), "the end of the answer");
  expect(missed.filter((seq) => !seqs("reply/").includes(seq))).toEqual([]);
  const [reply] = after.heard.filter(({ topic }) => topic.startsWith(`${root}reply/`));
  expect(reply?.packet.properties).toMatchObject({
    ...{ contentType: "application/json", messageExpiryInterval: expect.any(Number) },
    correlationData: Buffer.from("gap"),
  });
});

test("a flood of requests is stopped at the broker; events go on, and it is on record", async () => {
  const broker = cleanup.use(await Mosquitto.start());
  const listener = cleanup.use(await Listener.to(broker.url, `${root}+/event/+`));
  const running = await box(boxLink(broker.url));
  const flood = await connectAsync(broker.url, { protocolVersion: 5 });
  cleanup.defer(() => flood.endAsync(true).then(() => undefined));
  for (let n = 0; n < 2_000; n++) flood.publish(`${root}request/replay`, "{", { qos: 0 });
  await until(() => running.records("CentreRequestsFlooding").length === 1, "the flood is noticed");
  await until(() => broker.log().includes("Received UNSUBSCRIBE from vestibule-test-1"), "it is stopped");
  await running.services.record("SessionEnded", {});
  await until(() => listener.bodies("SessionEnded").length === 1, "events go on");
  expect(running.alarm("site.CentreRequestsRefused")?.detail).toBe("so many that none is heard for 60 s");
});

test("the embedded broker, which knows only 3.1.1: the same commands, and no request opens a topic of the box's", async () => {
  const clock = new SystemClock();
  const embedded = cleanup.use(
    await EmbeddedBroker.start({ host: "127.0.0.1", port: 0, clientId: "vestibule-box", clock }),
  );
  const url = `mqtt://127.0.0.1:${embedded.port}`;
  const running = await box(boxLink("", embedded.link), await keysOf("li"));
  const to = ["--url", url, "--site", site];
  const why = ["--vestibule", "v1", "--reason", "armed person"];
  const answer = await called("centre-request", "lockdown", ...to, "--key", join(folder, "li"), ...why);
  expect(answer).toMatchObject({ code: 0, out: "done\n" });
  expect(isLockedDown(running)).toBe(true);
  const replayed = await called("centre-request", "replay", ...to, "--after", "0", "--limit", "3");
  expect(
    replayed.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).seq),
  ).toEqual([1, 2, 3]);
  writeFileSync(join(folder, "no-key"), "{}");
  const wrong = await called("centre-request", "lockdown", ...to, "--key", join(folder, "no-key"), ...why);
  expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining("is no key") });
});
