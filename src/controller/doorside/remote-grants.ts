import type { AccessEvent, AccessState } from "../../domain/access/access.ts";
import { type AccessPointName, type AccessPointRef, accessPointNames, doorOf } from "../../domain/names.ts";
import type { Directory } from "../../ports/directory.ts";
import type {
  PassageServices,
  RemoteDecision,
  RemoteOutcome,
  WaitingPassage,
} from "../../ports/services/passage-services.ts";
import type { Passages } from "./passages.ts";

export interface RemoteGrantsOptions {
  readonly passages: Pick<Passages, "state" | "lookFor" | "decideRemotely">;
  readonly directory: Pick<Directory, "get">;
  /** Access points at which somebody can be looked at. */
  readonly isFitted: (where: AccessPointRef) => boolean;
}

/** Operators who look at people and grant, or do not (face+remote). */
export class RemoteGrants implements PassageServices {
  readonly #options: RemoteGrantsOptions;

  constructor(options: RemoteGrantsOptions) {
    this.#options = options;
  }

  waiting(): readonly WaitingPassage[] {
    return waitingIn(this.#options.passages.state());
  }

  async decideRemotely(decision: RemoteDecision): Promise<RemoteOutcome> {
    const waiting = this.waiting().find((one) => isMeant(one, decision));
    if (waiting === undefined) return this.#lookFor(decision);
    const { passage } = waiting;
    const { granted, operator, reason } = decision;
    return outcomeOf(passage, this.#options.passages.decideRemotely(passage, granted, { operator, reason }));
  }

  #lookFor({
    vestibule,
    door,
    accessPoint,
    cardholder,
    granted,
    operator,
    reason,
  }: RemoteDecision): RemoteOutcome {
    const { passages, directory, isFitted } = this.#options;
    // Nobody can be refused who does not wait.
    if (cardholder === undefined || !granted) return { is: "nobodyWaits" };
    if (directory.get(cardholder) === undefined) return { is: "unknownCardholder" };
    const entries: readonly AccessPointName[] =
      accessPoint === undefined ? accessPointNames.filter((name) => doorOf(name) === door) : [accessPoint];
    const where = entries.map((name) => ({ vestibule, accessPoint: name })).find(isFitted);
    if (where === undefined) return { is: "nobodyWaits" };
    const events = passages.lookFor(cardholder, where, { operator, reason });
    const [started] = events.filter(({ type }) => type === "RemoteVerificationStarted");
    const [denied] = events.filter((event) => event.type === "AccessDenied");
    if (started !== undefined && "passage" in started) return { is: "looking", passage: started.passage };
    return denied === undefined
      ? { is: "nobodyWaits" }
      : { is: "denied", passage: denied.passage, reason: denied.reason };
  }
}

function isMeant(one: WaitingPassage, { vestibule, door, accessPoint, cardholder }: RemoteDecision): boolean {
  return (
    one.vestibule === vestibule &&
    doorOf(one.accessPoint) === door &&
    (accessPoint === undefined || one.accessPoint === accessPoint) &&
    (cardholder === undefined || one.cardholder === cardholder)
  );
}

function outcomeOf(passage: string, events: readonly AccessEvent[]): RemoteOutcome {
  for (const event of events) {
    if (event.type === "AccessDenied" && event.passage === passage)
      return { is: "denied", passage, reason: event.reason };
    if (event.type === "AccessGranted" && event.passage === passage) return { is: "granted", passage };
  }
  return events.length === 0 ? { is: "nobodyWaits" } : { is: "waiting", passage };
}

function waitingIn(state: AccessState): readonly WaitingPassage[] {
  return Object.values(state.attempts)
    .flatMap((attempt) => {
      if (attempt.phase !== "verifying" || attempt.wants[0] !== "remote") return [];
      const { until } = attempt;
      const { passage, vestibule, accessPoint, cardholder } = attempt.facts;
      return [{ passage, vestibule, accessPoint, cardholder, until }];
    })
    .toSorted((a, b) => a.until - b.until);
}
