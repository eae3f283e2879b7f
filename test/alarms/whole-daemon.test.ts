import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ConsolePage, laptop, launchBrowser, phone } from "../support/console-page.ts";
import { DemoDaemon } from "../support/demo-daemon.ts";
import { MailServer } from "../support/mail-server.ts";
import { Listener, Mosquitto } from "../support/mosquitto.ts";
import type { SiteApi } from "../support/site-api.ts";
import { seen, until } from "../support/until.ts";

// The whole way of an alarm to those who are told: a door is forced, and somebody is called, written to and shown it.

const password = "two doors and one key";
const secret = "thirty-two letters of a test key";

interface Call {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly answered: number;
}

const calls: Call[] = [];
let answer = 204;
const receiver = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () => {
    calls.push({ headers: request.headers, body: Buffer.concat(parts).toString("utf8"), answered: answer });
    response.writeHead(answer).end();
  });
});
const taken = (): readonly Call[] => calls.filter(({ answered }) => answered === 204);

let scratch: string;
let mail: MailServer;
let broker: Mosquitto;
let centre: Listener;
let daemon: DemoDaemon;
let api: SiteApi;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "vestibule-alarms-"));
  const secretFile = join(scratch, "secret");
  writeFileSync(secretFile, `${secret}\n`, { mode: 0o600 });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const { port } = receiver.address() as AddressInfo; // it listens on TCP
  mail = await MailServer.start({ disabledCommands: ["STARTTLS", "AUTH"] });
  broker = await Mosquitto.start({ lines: ["persistence true", "persistence_location DIR/"] });
  centre = await Listener.to(broker.url, "vestibule/demo/cctv/#", {
    ...{ clientId: "cctv", clean: false },
    properties: { sessionExpiryInterval: 3_600 },
  });
  daemon = await DemoDaemon.start({
    name: "alarm-actions",
    password,
    site: (site) => {
      site.site["demoPeople"] = false;
      site.board["doorCloserTime"] = 1;
      site.mqtt = { broker: "external", url: broker.url };
      for (const camera of site.cameras) if (camera["id"] === "outer-entry") camera["alarmPreset"] = "door";
      Object.assign(site, {
        alarms: {
          outputs: [{ name: "siren" }, { name: "lamp" }],
          webhooks: [{ name: "centre", url: `http://127.0.0.1:${port}/alarms`, secretFile }],
          mail: {
            ...{ host: "127.0.0.1", port: mail.port, security: "none", from: "box@example.com", spacing: 1 },
            recipients: [{ name: "guards", to: ["guard@example.com"] }],
          },
          actions: {
            DoorForcedOpen: {
              do: [
                // Long enough to be looked for on a machine that does other things too.
                { do: "output", output: "siren", seconds: 4 },
                { do: "output", output: "lamp", seconds: "untilAcknowledged" },
                ...[{ do: "preset" }, { do: "bookmark" }],
                ...[
                  { do: "webhook", webhook: "centre" },
                  { do: "mail", to: "guards" },
                ],
              ],
            },
          },
        },
      });
    },
  });
  api = await daemon.logIn();
});
afterAll(async () => {
  await daemon?.[Symbol.asyncDispose]();
  await centre?.[Symbol.asyncDispose]();
  await broker?.[Symbol.asyncDispose]();
  await mail?.[Symbol.asyncDispose]();
  receiver.closeAllConnections();
  receiver.close();
  rmSync(scratch, { recursive: true, force: true });
});

const output = (name: string, level: string) =>
  seen(
    async () => ((await api.outputs())[`output.${name}`] === level ? true : undefined),
    `output ${name} ${level}`,
  );

test("a forced door calls, writes, turns cameras, marks the recording and sounds the siren; once", async () => {
  const before = await api.lastSeq();
  await api.move("outer", "force");
  const { seq } = await api.recorded("AlarmRaised", before, { alarm: "DoorForcedOpen" });
  await output("siren", "on");
  await until(() => taken().length > 0 && mail.taken.length > 0, "a call and a mail");
  await until(() => centre.heard.length >= 4, "two presets and two bookmarks");

  const [call] = taken();
  const header = (name: string): string => String(call?.headers[name]);
  const [id, timestamp] = [header("webhook-id"), header("webhook-timestamp")];
  const signature = createHmac("sha256", secret)
    .update(`${id}.${timestamp}.${call?.body ?? ""}`)
    .digest("base64");
  expect(call?.headers["webhook-signature"]).toBe(`v1,${signature}`);
  expect(id).toBe(`vestibule-demo-${seq}`);
  expect(JSON.parse(call?.body ?? "")).toMatchObject({
    type: "alarm.raised",
    data: { seq, type: "DoorForcedOpen", id: "v1.outer.DoorForcedOpen", door: "outer", site: "demo" },
  });
  expect(mail.taken[0]).toMatchObject({ to: ["guard@example.com"] });
  expect(Buffer.from(mail.taken[0]?.text ?? "").length).toBeLessThan(4_000);

  const heard = Object.groupBy(centre.heard, ({ topic }) => topic.replace("vestibule/demo/cctv/", ""));
  expect(Object.keys(heard).toSorted()).toEqual([
    ...["outer-entry/bookmark", "outer-entry/preset", "outer-exit/bookmark", "outer-exit/preset"],
  ]);
  const bodyOf = (topic: string): unknown => JSON.parse(heard[topic]?.[0]?.text ?? "null");
  const alarm = {
    alarm: "v1.outer.DoorForcedOpen",
    priority: "critical",
    text: { zh: "强行开门：v1，外门" },
  };
  expect(bodyOf("outer-entry/preset")).toMatchObject({ preset: "door", why: "DoorForcedOpen", ...alarm });
  expect(bodyOf("outer-exit/preset")).toMatchObject({ preset: null, ...alarm });
  expect(bodyOf("outer-exit/bookmark")).toMatchObject({ type: "DoorForcedOpen", ...alarm });
  expect(centre.heard.some(({ packet }) => packet.retain)).toBe(false);

  await output("siren", "off");
  await output("lamp", "on");
  await api.send("POST", "/alarms/v1.outer.DoorForcedOpen/acknowledge", { comment: "seen" });
  await output("lamp", "off");
  await api.recorded("AlarmOutputEnded", before, { output: "lamp", because: "acknowledged" });
  await api.recorded("AlarmActionDone", before, { action: "webhook", webhook: "centre" });
  await api.recorded("AlarmActionDone", before, { action: "mail", to: "guards" });
  expect([taken().length, mail.taken.length]).toEqual([1, 1]);
});

test("killed before anybody could be told, the controller tells it once it is back", async () => {
  const [calledBefore, mailedBefore] = [taken().length, mail.taken.length];
  answer = 503;
  const { port } = mail;
  await mail[Symbol.asyncDispose]();
  await broker.stop();
  const before = await api.lastSeq();
  await api.move("inner", "force");
  const { seq, time } = await api.recorded("AlarmRaised", before, { door: "inner", alarm: "DoorForcedOpen" });
  await until(() => calls.some(({ answered }) => answered === 503), "a call that is not taken");
  await output("siren", "on");
  process.kill(daemon.pidOf("controller"), "SIGKILL");
  mail = await MailServer.start({ disabledCommands: ["STARTTLS", "AUTH"] }, port);
  await broker.start();
  answer = 204;
  await daemon.ready();
  const told = () => taken().filter(({ headers }) => headers["webhook-id"] === `vestibule-demo-${seq}`);
  await until(() => told().length > 0 && mail.taken.length > 0, "the call and the mail of before", 40_000);
  const marks = () => centre.bodies("/bookmark").filter((body) => body["seq"] === seq);
  await until(() => marks().length >= 2, "the bookmarks of before", 40_000);
  // When it happened, not when it could be told.
  expect(marks()[0]).toMatchObject({ from: expect.stringContaining(time.slice(0, 16)) });
  expect(JSON.parse(told()[0]?.body ?? "")).toMatchObject({ data: { seq, door: "inner" } });
  expect(taken().length).toBe(calledBefore + 1);
  expect(mailedBefore + mail.taken.length).toBe(2);
  api = await daemon.logIn();
  await output("siren", "off");
});

test("whoever is on duty sees the cameras of an alarm live, at a desk and on a phone, in both languages", async () => {
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ locale: "en-GB", viewport: laptop });
    context.setDefaultTimeout(15_000);
    const shown = new ConsolePage(await context.newPage());
    const { page } = shown;
    await page.goto(`${daemon.address}/demo`);
    await shown.signIn(password);
    const before = await api.lastSeq();
    await page.getByText("4 of 4 live").waitFor();
    const alarm = page.locator(".alarm", { hasText: "Door forced open" }).first();
    await alarm.getByRole("button", { name: "Details" }).click();
    await alarm.getByRole("button", { name: "Inner door, in" }).click();
    const picture = alarm.getByRole("img", { name: /^Live picture/ });
    const drawn =
      "[...document.images].some(({ alt, naturalWidth }) => /^Live/.test(alt) && naturalWidth > 0)";
    const isDrawn = () => page.evaluate<boolean>(drawn);
    await seen(async () => ((await isDrawn()) ? true : undefined), "a live picture");
    expect(await shown.barriers()).toEqual([]);
    await picture.scrollIntoViewIfNeeded();
    await shown.picture("alarm-live-1366");
    await api.recorded("CameraWatched", before, { operator: "admin", camera: "inner-entry" });
    await page.setViewportSize(phone);
    await page.getByRole("button", { name: "切换到中文" }).click();
    await page.getByText("实时", { exact: true }).waitFor();
    const wide = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
    expect(wide).toBeLessThanOrEqual(0);
    await page.getByRole("img", { name: /^实时画面/ }).scrollIntoViewIfNeeded();
    expect(await shown.barriers()).toEqual([]);
    await shown.picture("alarm-live-phone-zh");
    expect(shown.complaints).toEqual([]);
  } finally {
    await browser.close();
  }
});
