import type { RecordView } from "../../ports/record-view.ts";
import { request } from "./http.ts";

/** As the API answers; the page is of its own server's version. */
export interface WhyDecision {
  readonly rules: "access" | "interlock";
  readonly input: Readonly<Record<string, unknown>>;
  readonly rulesInForce: Readonly<Record<string, unknown>>;
  readonly decided: readonly { readonly type: string }[];
  readonly same: boolean;
}

export interface WhyAnswer {
  readonly decision: WhyDecision | null;
  readonly notAgain: "olderRelease" | "startMissing" | "inputsLost" | "rulesUnknown" | "noDecision" | null;
  readonly passage: readonly RecordView[];
}

export async function fetchWhy(seq: number): Promise<WhyAnswer> {
  return (await request("GET", `/api/v1/events/${seq}/why`)) as WhyAnswer;
}
