import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type * as interlock from "../../src/domain/interlock/interlock.ts";

/** What is explored: the shipping functions themselves, or those of a copy of the module in another folder. */
export type Rules = Pick<typeof interlock, "decide" | "evolve" | "deadline" | "initialState" | "effectOf">;

const shipping = join(import.meta.dirname, "../../src/domain/interlock");

export async function rulesOf(folder: string = shipping): Promise<Rules> {
  // A module that is named on the command line has no static type; its exports are the interlock's by contract.
  return (await import(pathToFileURL(join(resolve(folder), "interlock.ts")).href)) as Rules;
}
