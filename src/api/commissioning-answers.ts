import type {
  CommissioningOutcome,
  CommissioningRefusal,
  CommissioningServices,
} from "../ports/services/commissioning-services.ts";
import type { ApiContext } from "./api-options.ts";
import { notFound, Problem } from "./problem.ts";

export const commissioningTags = ["commissioning"];

export function commissioningOf({ services }: ApiContext): CommissioningServices {
  if (services.commissioning === undefined) throw notFound("Nothing is commissioned here.");
  return services.commissioning;
}

const statusOf: Readonly<Record<CommissioningRefusal, number>> = {
  notBegun: 409,
  alreadyBegun: 409,
  testRunning: 409,
  noSuchTest: 404,
  notEditable: 409,
  faulty: 422,
  boardMissing: 422,
  nothingToApply: 409,
  moved: 409,
  notFinished: 409,
  tooMany: 503,
};

/** What was done, or the refusal as a problem. */
export function doneOr<Done>(outcome: CommissioningOutcome<Done>): Done {
  if (outcome.is === "done") return outcome.value;
  const { reason, detail } = outcome;
  const code = `commissioning-${reason.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  throw new Problem(statusOf[reason], code, detail, { reason });
}
