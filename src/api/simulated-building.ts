import { z } from "zod";
import type { ActionOutcome, BuildingAction } from "../ports/building-link.ts";
import type { SimulatorServices } from "../ports/controller-services.ts";
import type { ApiContext } from "./api-options.ts";
import { notFound, Problem } from "./problem.ts";

/** What every action of the simulated building answers; a refusal is a problem. */
export const outcomeSchema = z
  .object({ done: z.literal(true), detail: z.string().optional() })
  .meta({ examples: [{ done: true }] });

/** There is one: the scope's first hook has seen to it. */
export function simulator(context: ApiContext): SimulatorServices {
  const { simulator } = context.services;
  if (simulator === undefined) throw notFound("This board is real: there is no simulator.");
  return simulator;
}

export async function act(
  context: ApiContext,
  action: BuildingAction,
): Promise<z.output<typeof outcomeSchema>> {
  const { detail } = await done(simulator(context).act(action));
  return { done: true, ...(detail === undefined ? {} : { detail }) };
}

export async function done(acting: Promise<ActionOutcome>): Promise<Extract<ActionOutcome, { done: true }>> {
  const outcome = await acting;
  if (outcome.done) return outcome;
  const { reason, detail } = outcome;
  if (reason === "unknownName") throw new Problem(404, "not-found", detail, { reason });
  throw new Problem(409, "not-possible", detail, { reason });
}
