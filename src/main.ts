import process from "node:process";
import { fileURLToPath } from "node:url";

/**
 * The one program. `--role=NAME`, given by the supervisor only, makes this process one of the parts; anything else
 * is a command. Roles are loaded when they are asked for: the interlock's process holds no database and no net.
 */
const role = /^--role=(\w+)$/.exec(process.argv[2] ?? "")?.[1];

const operatorFaults: ReadonlySet<string> = new Set([
  "ConfigError",
  "StorageFault",
  "SealBroken",
  "ModelError",
  "BackendError",
  "AdministratorPasswordFault",
  "ListenFault",
  "HardwareFault",
  "WatchdogFault",
]);

async function runRole(name: string): Promise<number> {
  process.title = `vestibule ${name}`;
  switch (name) {
    case "supervisor":
      return (await import("./composition/run-supervisor.ts")).runSupervisor(fileURLToPath(import.meta.url));
    case "interlock":
      await (await import("./composition/run-interlock.ts")).runInterlock();
      return 0;
    case "controller":
      await (await import("./composition/run-controller.ts")).runController();
      return 0;
    case "vision":
      await (await import("./composition/run-vision.ts")).runVision();
      return 0;
    case "building":
      await (await import("./composition/run-building.ts")).runBuilding();
      return 0;
    case "compile":
      await (await import("./composition/compile-roles.ts")).loadRoles();
      return 0;
    default:
      throw new Error(`no role ${name}`);
  }
}

async function textSent(most: number): Promise<string> {
  let text = "";
  for await (const chunk of process.stdin.setEncoding("utf8")) {
    text += String(chunk);
    if (text.length >= most) break;
  }
  return text.slice(0, most);
}

async function main(): Promise<number> {
  if (role === undefined) {
    const io = {
      stdout: (text: string) => process.stdout.write(text),
      stderr: (text: string) => process.stderr.write(text),
      stdin: textSent,
      env: process.env,
    };
    const { runCommand } = await import("./cli/vestibule.ts");
    return await runCommand(process.argv.slice(2), io);
  }
  return await runRole(role);
}

try {
  const code = await main();
  // What is still open belongs to the commands; whoever is done here is done.
  process.exit(code);
} catch (error) {
  process.stderr.write(`vestibule${role === undefined ? "" : ` ${role}`}: ${textOf(error)}\n`);
  // Said before the exit, which may hang (nodejs/node#54918): whoever waits for the reason must not wait for that.
  if (role !== undefined && needsSomebody(error))
    await (await import("./supervisor/child-link.ts")).tellRefusal();
  process.exit(needsSomebody(error) ? 2 : 1);
}

/** Faults whose message says what a person has to change; anything else is a bug, and its stack says where. */
function needsSomebody(error: unknown): error is Error {
  return error instanceof Error && operatorFaults.has(error.name);
}

function textOf(error: unknown): string {
  if (needsSomebody(error)) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
