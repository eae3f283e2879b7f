import pino from "pino";
import sharp from "sharp";
import { ensureAdministrator } from "../../src/api/authentication/first-administrator.ts";
import { startApi } from "../../src/api/server.ts";
import { type DoorName, doorOf } from "../../src/domain/names.ts";
import { SystemClock } from "../../src/drivers/clock/system-clock.ts";
import { FakeControllerServices } from "./fake-controller-services.ts";
import { MemoryDisplays } from "./memory-displays.ts";
import { MemoryOperators } from "./memory-operators.ts";
import { MemoryWatchScreens } from "./memory-watch-screens.ts";
import { openAlarm } from "./open-alarm.ts";

// The API over an invented controller, for work on the console alone:
//   node test/support/fake-api-server.ts [PORT] [DIRECTORY OF THE BUILT CONSOLE]
// A card opens its door for a moment when the other is shut; forcing a door raises an alarm.

const [port = "8420", consoleDirectory = "dist/console"] = process.argv.slice(2);
const password = process.env["VESTIBULE_ADMIN_PASSWORD"] ?? "vestibule-demo-console";
const clock = new SystemClock();
const services = new FakeControllerServices(clock);
const operators = new MemoryOperators();
const stop = new AbortController();

await ensureAdministrator(operators, { VESTIBULE_ADMIN_PASSWORD: password });
const picture = await sharp({ create: { width: 640, height: 360, channels: 3, background: "#456" } })
  .jpeg()
  .toBuffer();
for (const camera of services.state().cameras) services.pictures.set(camera.id, picture);
for (const [name, number] of [
  ["Anna Berger", "1001"],
  ["李明", "1002"],
  ["王芳", "1003"],
] as const) {
  const { id } = services.directory.add({ name, groups: [], accessLevels: ["staff"] });
  services.directory.issueCard(id, number, "raw");
  services.addPhoto(id, picture);
}
behave();

const api = await startApi({
  services,
  operators,
  displayStore: new MemoryDisplays(),
  watchStore: new MemoryWatchScreens(),
  config: { host: "127.0.0.1", port: Number(port) },
  consoleDirectory,
  version: "0.1.0",
  log: pino({ level: "warn" }),
  clock,
  signal: stop.signal,
});
process.once("SIGINT", () => stop.abort());
process.once("SIGTERM", () => stop.abort());
process.stdout.write(`${api.address}  admin / ${password}\n`);

function behave(): void {
  const building = services.simulator;
  if (building === undefined) return;
  services.simulator = {
    ...building,
    act: async (action) => {
      if (action.type === "presentCard") present(action.accessPoint, action.number);
      if (action.type === "moveDoor") {
        const { door } = action;
        if (action.action === "open" && services.doors[door].lock === "secured") {
          return { done: false, reason: "locked", detail: `The ${door} door is locked.` };
        }
        if (action.action === "force") force(door);
        move(door, action.action === "close" ? "closed" : "open");
      }
      return building.act(action);
    },
  };
}

function present(
  accessPoint: "outer-entry" | "inner-entry" | "inner-exit" | "outer-exit",
  number: string,
): void {
  const door = doorOf(accessPoint);
  const other = services.doors[door === "outer" ? "inner" : "outer"];
  const found = services.directory.findByCard(number);
  const where = { vestibule: "v1", door, accessPoint, cardholder: found?.cardholder.id ?? null };
  services.happen("CardPresented", { ...where, number });
  if (!other.secure) services.happen("AccessDenied", { ...where, reason: "interlocked" });
  else if (found === undefined) services.happen("AccessDenied", { ...where, reason: "unknownCredential" });
  else {
    services.happen("AccessGranted", where);
    release(door);
  }
}

function release(door: DoorName): void {
  services.doors[door] = {
    ...services.doors[door],
    lock: "released",
    bolt: "retracted",
    secure: false,
    since: clock.now(),
  };
  services.happen("DoorReleased", { vestibule: "v1", door });
  services.changed();
  setTimeout(() => move(door, "closed"), 5000);
}

function move(door: DoorName, contact: "open" | "closed"): void {
  const closed = contact === "closed";
  services.doors[door] = {
    ...services.doors[door],
    contact,
    ...(closed ? { lock: "secured", bolt: "thrown" } : {}),
    secure: closed,
    since: clock.now(),
  };
  services.happen(closed ? "DoorClosed" : "DoorOpened", { vestibule: "v1", door });
  services.changed();
}

function force(door: DoorName): void {
  const alarm = openAlarm("DoorForcedOpen", {
    place: { vestibule: "v1", door },
    since: clock.wall(),
    lastAt: clock.now(),
  });
  services.doors[door] = { ...services.doors[door], alarm: alarm.type };
  services.happen("DoorForcedOpen", { vestibule: "v1", door });
  services.raise(alarm);
}
