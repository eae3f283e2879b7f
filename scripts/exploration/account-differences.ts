import type { InterlockState } from "../../src/domain/interlock/interlock.ts";
import { doorNames } from "../../src/domain/names.ts";
import type { StepAccount } from "./account.ts";

/** Where the rules' own state, after a step, says something else than the account that was kept of it. */
export function differencesFrom(account: StepAccount, after: InterlockState): readonly string[] {
  const said: string[] = [];
  for (const name of doorNames) {
    const told = account.doors[name];
    const { lock, contact, bolt, taking, contactFault, lockFault } = after.doors[name];
    const commanded = lock.commanded === "secured" ? "secured" : lock.by;
    if (commanded !== told.lock) said.push(`${name}: commanded ${told.lock}, kept as ${commanded}`);
    if (contact !== told.contact) said.push(`${name}: contact ${told.contact} kept as ${contact}`);
    if (bolt !== told.bolt) said.push(`${name}: bolt ${told.bolt} kept as ${bolt}`);
    if ((contactFault !== undefined) !== told.contactFault) said.push(`${name}: contact fault forgotten`);
    if (lockFault !== told.lockFault) said.push(`${name}: lock fault forgotten`);
    const pending = taking.phase === "none" ? [] : [taking.grant.id];
    if (told.open.size !== pending.length || !pending.every((id) => told.open.has(id)))
      said.push(`${name}: the releases for ${[...told.open].join(" and ") || "nobody"} never end`);
  }
  if (after.emergency !== account.emergency) said.push("the emergency is kept otherwise than announced");
  if ((after.controller.phase === "present") !== account.present)
    said.push("the controller is kept otherwise");
  said.push(...account.people.compare(after));
  const { order, input } = after.lockdown;
  if (order !== account.lockdown.order || input !== account.lockdown.input)
    said.push("the lockdown is kept otherwise");
  return said;
}
