import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { amongSysfsFiles, writeLockLines } from "../../../test/support/sysfs-files.ts";

const main = fileURLToPath(new URL("../../../src/main.ts", import.meta.url));

/**
 * Milliseconds from starting the unit's stop action to its end, each time with the compile cache that the service has,
 * at the service's priority. The lines are files in a mount namespace: a kernel's own take some microseconds each.
 */
export async function stopActions(folder: string, times: number): Promise<readonly number[]> {
  const lines = writeLockLines(join(folder, "lines.json"));
  const command = `${process.execPath} ${main} park --lines ${lines}`;
  const script = [
    command, // fills the compile cache, as the service's own start does
    `for run in $(seq ${times}); do`,
    "from=$EPOCHREALTIME",
    `${command} > /dev/null || exit 1`,
    "to=$EPOCHREALTIME",
    'echo "took $((' + "${to/./} - ${from/./}" + '))"',
    "done",
  ].join("\n");
  const child = spawn("unshare", amongSysfsFiles(script), {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_COMPILE_CACHE: join(folder, "compiled"), LC_ALL: "C" },
  });
  let output = "";
  child.stdout.on("data", (text) => (output += String(text)));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new Error("the stop action failed");
  return [...output.matchAll(/^took (\d+)$/gm)].map(([, microseconds]) => Number(microseconds) / 1_000);
}
