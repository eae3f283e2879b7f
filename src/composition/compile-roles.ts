import { spawnSync } from "node:child_process";
import module from "node:module";
import process from "node:process";
import { childOptions } from "../supervisor/supervised-process.ts";

/** Long for any machine; without the cache the roles start as well. */
const patience = 30_000;

/**
 * Leaves every role's modules in the compile cache, before the roles are started. A process that finds them there needs
 * no compiler for TypeScript, 25 MB that it would keep; at a first start each of the five would load one, all at once.
 * Where the cache was good for this process it is taken to be good for them: nothing is done, and no time lost.
 */
export async function compileRoles(entry: string, loadStopAction: () => Promise<unknown>): Promise<void> {
  if (module.getCompileCacheDir() === undefined) return;
  if (compiledHere()) {
    // With the roles' own options: the cache of a process with others is not used.
    spawnSync(process.execPath, [...childOptions, entry, "--role=compile"], {
      stdio: "ignore",
      timeout: patience,
    });
    // What runs with this process's own options: the supervisor, and what parks the doors when it is gone.
    await Promise.allSettled([
      import("./run-supervisor.ts"),
      loadStopAction(),
      import("../drivers/gpio/lock-keepers.ts"),
    ]);
  }
  module.flushCompileCache(); // this process is about to be replaced, and never ends
}

/** The role that only loads the others. What cannot be loaded is for that role to say, which others outlive. */
export async function loadRoles(): Promise<void> {
  await Promise.allSettled([
    import("./run-building.ts"),
    import("./run-interlock.ts"),
    import("./run-controller.ts"),
    import("./run-vision.ts"),
  ]);
  module.flushCompileCache();
}

/** Node lists what it has loaded of itself, in no documented way: without the list nothing is compiled ahead. */
function compiledHere(): boolean {
  const { moduleLoadList = [] } = process as { readonly moduleLoadList?: readonly string[] };
  return moduleLoadList.some((name) => name.includes("amaro"));
}
