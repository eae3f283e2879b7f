/**
 * The program as `vestibule run` starts it: supervisor and interlock are the real ones. In place of controller and
 * vision, whose databases, nets and servers an emulated machine takes minutes to load, stand two that do for the doors
 * what those do: a heartbeat, leave to whoever asks to be let out, and word that they are there.
 */
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { Grant } from "../../../src/domain/interlock/event.ts";
import { after } from "../../../src/domain/time.ts";
import type { InterlockCommand, InterlockMessage } from "../../../src/ports/interlock-link.ts";

const heartbeatInterval = 250;
/** Of a request to exit: longer than an emulated machine takes to carry it out. */
const requestLife = 2_000;

async function standInForController(): Promise<void> {
  const { connectToSupervisor } = await import("../../../src/supervisor/child-link.ts");
  const { SystemClock } = await import("../../../src/drivers/clock/system-clock.ts");
  const { link, signal } = await connectToSupervisor();
  const clock = new SystemClock();
  const command = (text: InterlockCommand): void => link.send("interlock", text);
  link.onMessage((from, message) => {
    if (from !== "interlock") return;
    const said = message as InterlockMessage; // our own interlock's
    if (said.type !== "event") return;
    const { run, number, vestibule, event } = said;
    console.log(`event ${JSON.stringify(event)}`);
    command({ type: "acknowledgeEvents", run, number });
    if (event.type !== "ExitRequested") return;
    const grant: Grant = { id: `${run}.${number}`, kind: "egress", enters: event.door === "inner" };
    const notAfter = after(clock.now(), requestLife);
    command({ type: "releaseDoor", vestibule, door: event.door, grant, notAfter });
  });
  const beat = (): void => command({ type: "heartbeat", sentAt: clock.now() });
  const timer = setInterval(beat, heartbeatInterval);
  link.up();
  console.log(`controller ${process.pid}`);
  signal.addEventListener("abort", () => clearInterval(timer));
}

async function standInForVision(): Promise<void> {
  const { connectToSupervisor } = await import("../../../src/supervisor/child-link.ts");
  const { link } = await connectToSupervisor();
  link.up();
}

const role = /^--role=(\w+)$/.exec(process.argv[2] ?? "")?.[1];
if (role === "controller") await standInForController();
else if (role === "vision") await standInForVision();
else if (role === "supervisor") {
  const { runSupervisor } = await import("../../../src/composition/run-supervisor.ts");
  process.exit(await runSupervisor(fileURLToPath(import.meta.url)));
} else if (role === "compile") {
  await Promise.all([
    import("../../../src/composition/run-supervisor.ts"),
    import("../../../src/composition/run-interlock.ts"),
    import("../../../src/drivers/gpio/lock-keepers.ts"),
    import("../../../src/drivers/gpio/character-device.ts"),
    import("../../../src/drivers/gpio/sysfs.ts"),
    import("../../../src/main.ts"),
  ]);
} else {
  if (role === "interlock") console.log(`interlock ${process.pid}`);
  // The interlock, and the command that becomes the supervisor.
  await import("../../../src/main.ts");
}
