import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { apiOnSocket } from "./support/api-on-socket.ts";
import { againWhereHeldUp, watchMachine } from "./support/held-up.ts";

const run = promisify(execFile);
const flood = join(import.meta.dirname, "support", "login-flood.ts");

watchMachine();

/** How late a timer of 5 ms fires at the half and at the worst hundredth, in milliseconds, while `work` runs. */
async function latenessDuring(work: () => Promise<void>): Promise<{ median: number; worst: number }> {
  const lateness: number[] = [];
  let due = performance.now() + 5;
  const tick = setInterval(() => {
    lateness.push(Math.max(0, performance.now() - due));
    due = performance.now() + 5;
  }, 5);
  await work();
  clearInterval(tick);
  lateness.sort((a, b) => a - b);
  const at = (share: number) => lateness[Math.floor(lateness.length * share)] ?? Number.POSITIVE_INFINITY;
  return { median: at(0.5), worst: at(0.99) };
}

test(
  "T4: a flood of logins is refused, written down in few lines, and does not hold the loop that decides about doors",
  againWhereHeldUp,
  async () => {
    await using site = await apiOnSocket();
    let statuses: Record<string, number> = {};
    const lateness = await latenessDuring(async () => {
      const { stdout } = await run(process.execPath, [flood, site.api.address, "4"]);
      statuses = JSON.parse(stdout) as Record<string, number>;
    });

    expect(Object.keys(statuses).toSorted()).toEqual(["401", "429"]);
    expect(statuses["401"]).toBeLessThan(40);
    expect(statuses["429"]).toBeGreaterThan(200);
    expect(site.services.events({ limit: 1000 }).length).toBeLessThan(80);
    // One hash takes 30 ms or more of a core; on the loop it would show in every tick.
    expect(lateness.median).toBeLessThan(15);
    expect(lateness.worst).toBeLessThan(250);
    const answer = await fetch(`${site.api.address}/api/v1/state`, { headers: { cookie: site.cookie } });
    expect(answer.status).toBe(200);
  },
);
