import process from "node:process";
import { fileURLToPath } from "node:url";

/**
 * The one program. `--role=NAME`, given by the supervisor only, makes this process one of the parts; anything else
 * is a command. Roles are loaded when they are asked for: the interlock's process holds no database and no net.
 */
const role = /^--role=(\w+)$/.exec(process.argv[2] ?? "")?.[1];

async function runRole(name: string): Promise<void> {
  process.title = `vestibule ${name}`;
  switch (name) {
    case "supervisor":
      return (await import("./composition/run-supervisor.ts")).runSupervisor(fileURLToPath(import.meta.url));
    case "interlock":
      return (await import("./composition/run-interlock.ts")).runInterlock();
    case "controller":
      return (await import("./composition/run-controller.ts")).runController();
    case "vision":
      return (await import("./composition/run-vision.ts")).runVision();
    case "building":
      return (await import("./composition/run-building.ts")).runBuilding();
    default:
      throw new Error(`no role ${name}`);
  }
}

async function main(): Promise<number> {
  if (role === undefined) {
    const io = {
      stdout: (text: string) => process.stdout.write(text),
      stderr: (text: string) => process.stderr.write(text),
      env: process.env,
    };
    const { runCommand } = await import("./cli/vestibule.ts");
    return await runCommand(process.argv.slice(2), io);
  }
  await runRole(role);
  return 0;
}

try {
  const code = await main();
  // What is still open belongs to the commands; whoever is done here is done.
  process.exit(code);
} catch (error) {
  process.stderr.write(
    `vestibule${role === undefined ? "" : ` ${role}`}: ${error instanceof Error ? (role === undefined ? error.message : error.stack) : String(error)}\n`,
  );
  process.exit(2);
}
