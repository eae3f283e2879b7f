import { parentPort, workerData } from "node:worker_threads";
import { explored } from "./explored.ts";
import { rulesOf } from "./rules.ts";
import { variants } from "./variants.ts";

/** What the thread is to do: a variant by name, and the folder of the module under examination. */
export interface Order {
  readonly variant: string;
  readonly module: string | undefined;
}

// Given by prove.ts, which starts this file and nobody else.
const order = workerData as Order;
const variant = variants.find(({ name }) => name === order.variant);
if (variant === undefined) throw new Error(`no variant "${order.variant}"`);
parentPort?.postMessage(explored(await rulesOf(order.module), variant));
