import process from "node:process";
import { bothSecure, type DemoSite, now, pause, until } from "./demo-site.ts";
import { type Figure, figure } from "./figures.ts";
import { childNamed } from "./process-figures.ts";

const roles = ["interlock", "controller", "vision", "building"] as const;
type Role = (typeof roles)[number];

/** A process that lived shorter than this is started again with a delay, which is not what is measured. */
const steadyLifeMs = 11_000;

interface Killed {
  /** Milliseconds from the kill until a released door was secured; undefined where that is not its job. */
  readonly secured: number | undefined;
  readonly back: number;
}

/** kill -9 of each process with a door released, in turns. */
export async function kills(site: DemoSite, times: number): Promise<Figure[]> {
  const seen: Record<Role, Killed[]> = { interlock: [], controller: [], vision: [], building: [] };
  for (let run = 0; run < times; run++) {
    const roundStarted = now();
    for (const role of roles) seen[role].push(await killed(site, role));
    await pause(Math.max(0, steadyLifeMs - (now() - roundStarted)));
  }
  return roles.flatMap((role) => {
    const secured = seen[role].flatMap((one) => one.secured ?? []);
    const back = seen[role].map((one) => one.back);
    return [
      ...(secured.length === 0 ? [] : [figure(`kill -9 ${role} → released door secured`, secured, "ms")]),
      figure(`kill -9 ${role} → back`, back, "ms", 2_000),
    ];
  });
}

async function killed(site: DemoSite, role: Role): Promise<Killed> {
  await until("both doors secure", async () => bothSecure(await site.state()), 60_000);
  await releaseOuter(site);
  const pid = childNamed(site.pid, role);
  const at = now();
  process.kill(pid, "SIGKILL");
  switch (role) {
    case "interlock": {
      // The building secures what nobody holds any more; its outputs say when.
      const secured = await until("secured", async () => (await site.outputs())["outer.lock"] === "secured");
      const back = await until("the interlock", async () => runsAgain(site, "interlock", pid));
      return { secured: secured - at, back: back - at };
    }
    case "controller": {
      const back = await until("the controller", async () => runsAgain(site, "controller", pid));
      return { secured: securedByInterlock(site, at), back: back - at };
    }
    case "vision": {
      const back = await until("vision", async () => runsAgain(site, "vision", pid));
      return { secured: undefined, back: back - at };
    }
    case "building": {
      // Without the demo's building its locks have no power: only its return is a figure.
      const back = await until("the building", () => answersSoon(site));
      return { secured: undefined, back: back - at };
    }
  }
}

/** Whether the building answers at once: a question that was lost with the old process is not waited for. */
async function answersSoon(site: DemoSite): Promise<boolean> {
  const answer = site.outputs().catch((): Readonly<Record<string, string>> => ({}));
  const outputs = await Promise.race([answer, pause(100)]);
  return outputs?.["outer.lock"] === "secured";
}

/** By the button inside, so that no face is waited for. */
async function releaseOuter(site: DemoSite): Promise<void> {
  await site.act("PUT", "inputs/outer.rex", { active: true });
  await until(
    "the outer door released",
    async () => (await site.outputs())["outer.lock"] === "released",
    10_000,
  );
  await site.act("DELETE", "inputs/outer.rex");
}

async function runsAgain(
  site: DemoSite,
  role: Exclude<Role, "building">,
  killedPid: number,
): Promise<boolean> {
  const state = await site.state();
  const seen = state?.processes[role];
  if (seen?.state !== "running" || seen.pid === killedPid) return false;
  // What the interlock owns has to be read anew before it can be said to be back.
  return (
    role !== "interlock" || state?.vestibules.every(({ doors }) => doors.outer.contact !== "unread") === true
  );
}

/** The interlock's own record of it: nobody else can be asked while the controller is away. */
function securedByInterlock(site: DemoSite, killedAt: number): number | undefined {
  const secured = site
    .records("DoorSecured")
    .find(({ at, payload }) => at >= killedAt && payload["cause"] === "controllerLost");
  return secured === undefined ? undefined : secured.at - killedAt;
}
