import { cameraFailed } from "../domain/access/access.ts";
import { tellsOfDuress } from "../ports/duress-records.ts";
import type { JsonObject, JsonValue } from "../ports/journal.ts";
import { recordView } from "../ports/record-view.ts";
import type { AskedAgain, Outcome, Why } from "../replay/why.ts";

/**
 * Why something was decided, for one caller. Whoever may not know of duress (A5) is told what a passage without it would
 * show: neither the sign, nor that the camera worked where the record says that it did not. Undefined: no such record.
 */
export function whyView(why: Why | undefined, seesDuress: boolean) {
  if (why === undefined || (!seesDuress && tellsOfDuress(why.record))) return undefined;
  const { record, decision, notAgain = null, passage } = why;
  const chain = seesDuress ? passage : passage.filter((one) => !tellsOfDuress(one));
  return {
    event: recordView(record),
    decision: decision === undefined ? null : decisionView(seesDuress ? decision : withoutDuress(decision)),
    notAgain,
    passage: chain.map(recordView),
  };
}

const decisionView = ({ rules, seqs, input, policy, recorded, decided, same }: AskedAgain) => ({
  rules,
  seqs: [...seqs],
  input,
  rulesInForce: { reference: policy.reference, ...policy.content },
  recorded: recorded.map(outcomeView),
  decided: decided.map(outcomeView),
  same,
});

const outcomeView = ({ type, payload }: Outcome) => ({ type, ...payload });

function withoutDuress(decision: AskedAgain): AskedAgain {
  const { input, policy, recorded, decided } = decision;
  const { duress: _unsaid, ...content } = policy.content;
  const innocent = recorded.some(isRefusedAsByCamera) ? asByCamera(input) : input;
  const shown = [recorded, decided].map((all) => all.filter((one) => !tellsOfDuress(one)));
  return {
    ...decision,
    // Numbers of records that are not shown either.
    seqs: decision.seqs.filter((_, place) => !tellsOfDuress(recorded[place] ?? { type: "", payload: {} })),
    input: withoutSigns(innocent),
    policy: { ...policy, content },
    recorded: shown[0] ?? [],
    decided: shown[1] ?? [],
  };
}

const isRefusedAsByCamera = ({ type, payload }: Outcome): boolean =>
  type === "AccessDenied" &&
  payload["reason"] === cameraFailed.reason &&
  payload["detail"] === cameraFailed.detail;

/** As it stands where the camera has really failed. */
function asByCamera(input: JsonObject): JsonObject {
  const { surroundings, verdict } = input;
  return {
    ...input,
    ...(isObject(surroundings) ? { surroundings: { ...surroundings, camera: "faulty" } } : {}),
    ...(isObject(verdict) ? { verdict: { accepted: false, ...cameraFailed } } : {}),
  };
}

/** What a person did to say that he is forced: a card, a PIN, a gesture. */
function withoutSigns(input: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(input).flatMap(([key, value]) => unsigned(key, value)));
}

function unsigned(key: string, value: JsonValue): readonly [string, JsonValue][] {
  if (key === "isDuressCard" || key === "duress") return [];
  if (key === "verdict" && value === "duress") return [[key, "correct"]];
  return [[key, isObject(value) ? withoutSigns(value) : value]];
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
