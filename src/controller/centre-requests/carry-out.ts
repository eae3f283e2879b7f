import { doorOf } from "../../domain/names.ts";
import type { ControllerServices } from "../../ports/controller-services.ts";
import type { RequestBody } from "./signed-request.ts";

/** What requests are carried out with: the same as what the console's operators have. */
export type CentreServices = Pick<
  ControllerServices,
  "state" | "lockDown" | "liftLockdown" | "acknowledge" | "passages"
>;

/** What came of it, in one word. */
export type RequestOutcome =
  | "done"
  | "ordered" // it stands, and the interlock has not confirmed it
  | "unknownVestibule"
  | "noSuchAlarm"
  | "nobodyWaits"
  | "waiting" // recorded, and somebody or something else is still waited for
  | "denied";

/** `operators`: who has signed, as the record is to name them. */
export async function carryOut(
  services: CentreServices,
  request: RequestBody,
  operators: readonly string[],
): Promise<RequestOutcome> {
  const operator = operators.map((name) => `centre:${name}`).join("+");
  switch (request.action) {
    case "lockdown": {
      if (!isVestibule(services, request.vestibule)) return "unknownVestibule";
      const { confirmed } = await services.lockDown(request.vestibule, operator, request.reason);
      return confirmed ? "done" : "ordered";
    }
    case "lift-lockdown": {
      if (!isVestibule(services, request.vestibule)) return "unknownVestibule";
      const { confirmed } = await services.liftLockdown(request.vestibule, operator);
      return confirmed ? "done" : "ordered";
    }
    case "acknowledge": {
      const alarm = await services.acknowledge(request.alarm, operator, request.comment);
      return alarm === undefined ? "noSuchAlarm" : "done";
    }
    case "grant":
      return await grant(services.passages, request, operator);
  }
}

const isVestibule = (services: CentreServices, id: string): boolean =>
  services.state().vestibules.some((vestibule) => vestibule.id === id);

/** Whom the centre has seen in the records, by the passage: never whoever stands there by now. */
async function grant(
  passages: CentreServices["passages"],
  { passage, reason }: Extract<RequestBody, { readonly action: "grant" }>,
  operator: string,
): Promise<RequestOutcome> {
  const waiting = passages.waiting().find((one) => one.passage === passage);
  if (waiting === undefined) return "nobodyWaits";
  const { vestibule, accessPoint, cardholder } = waiting;
  const where = { vestibule, accessPoint, door: doorOf(accessPoint) };
  const who = cardholder === null ? {} : { cardholder };
  const outcome = await passages.decideRemotely({ ...where, ...who, granted: true, operator, reason });
  // Between asking and deciding somebody else may have taken that place.
  if (!("passage" in outcome) || outcome.passage !== passage) return "nobodyWaits";
  if (outcome.is === "granted") return "done";
  return outcome.is === "denied" ? "denied" : "waiting";
}
