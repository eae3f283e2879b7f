import type { AccessPointName, DoorName } from "../../domain/names.ts";
import { ApiError } from "../api/http.ts";
import type { BoxInput, DoorAction, SceneChoice } from "../api/simulator.ts";

/** What came of the last thing the newcomer did, where it was not simply done. */
export type Outcome =
  | {
      readonly kind: "refused";
      readonly door: DoorName;
      readonly code: "locked" | "alreadyOpen" | "alreadyClosed";
    }
  | { readonly kind: "failed"; readonly detail: string }
  | { readonly kind: "unreachable" };

/** The hands of whoever tries the demo. Each settles when the controller has taken it. */
export interface StoryActions {
  standAt(accessPoint: AccessPointName): void;
  place(accessPoint: AccessPointName, scene: SceneChoice): Promise<void>;
  present(accessPoint: AccessPointName, card: string): Promise<void>;
  /** One key of the keypad there. */
  press(accessPoint: AccessPointName, key: string): Promise<void>;
  move(door: DoorName, action: DoorAction): Promise<void>;
  /** `on`: fire, locked down, housing open, mains gone, battery low. */
  setInput(input: BoxInput, on: boolean): Promise<void>;
}

const refusals = ["locked", "alreadyOpen", "alreadyClosed"] as const;

export function outcomeOf(error: unknown, door: DoorName | null): Outcome {
  if (!(error instanceof ApiError)) return { kind: "failed", detail: String(error) };
  if (error.status === 0) return { kind: "unreachable" };
  const code = refusals.find((refusal) => refusal === error.reason);
  if (code !== undefined && door !== null) return { kind: "refused", door, code };
  return { kind: "failed", detail: error.message };
}
