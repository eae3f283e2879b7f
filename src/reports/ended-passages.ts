import { type AccessPointName, accessPointNames, doorOf, entersVestibule } from "../domain/names.ts";
import type { JsonObject } from "../ports/journal.ts";

/** One person's passage, as it ended. */
export interface EndedPassage {
  readonly cardholder: string | undefined;
  readonly card: string;
  readonly vestibule: string;
  readonly accessPoint: AccessPointName | undefined;
  /** Empty where its decision was not read. */
  readonly mode: string;
  readonly operator: string;
}

type Granted = Pick<EndedPassage, "cardholder" | "card" | "mode" | "operator">;

/** Decisions whose end is still waited for; a door holds far fewer. */
const mostUnderWay = 1_000;

/**
 * Ties the end of a passage to its decision. The access rules tell an end with its person; where they were not there to
 * tell it, the interlock did, and knows which passage it was and nothing of the person.
 */
export class EndedPassages {
  readonly #granted = new Map<string, Granted[]>();

  /** `AccessGranted`. */
  grant(payload: JsonObject): void {
    const passage = textOf(payload["passage"]);
    const lead = textOf(payload["lead"]) || passage;
    const granted = {
      cardholder: textOf(payload["cardholder"]) || undefined,
      card: textOf(payload["card"]),
      mode: textOf(payload["mode"]),
      operator: textOf(payload["operator"]),
    };
    // Of a group each is found by the own passage, and all of them by the one under which the door was released.
    this.#remember(passage, granted);
    if (lead !== passage) this.#remember(lead, granted);
  }

  /** `AccessTaken` or `AccessNotTaken`: whoever it is about. */
  end(payload: JsonObject): readonly EndedPassage[] {
    const passage = textOf(payload["passage"]);
    const granted = this.#granted.get(passage) ?? [];
    const where = { vestibule: textOf(payload["vestibule"]), accessPoint: accessPointOf(payload) };
    const named = textOf(payload["cardholder"]);
    if (named !== "") {
      const own = granted.find(({ cardholder }) => cardholder === named);
      const { mode = "", operator = "" } = own ?? {};
      return [{ cardholder: named, card: textOf(payload["card"]), ...where, mode, operator }];
    }
    this.#granted.delete(passage);
    if (granted.length === 0) {
      // R11: nobody knows who pressed the button.
      const mode = payload["grant"] === "egress" ? "rex" : "";
      return [{ cardholder: undefined, card: "", ...where, mode, operator: "" }];
    }
    return granted.map((one) => ({ ...one, ...where }));
  }

  #remember(passage: string, granted: Granted): void {
    const known = this.#granted.get(passage);
    if (known === undefined) this.#granted.set(passage, [granted]);
    else known.push(granted);
    const [oldest] = this.#granted.keys();
    if (this.#granted.size > mostUnderWay && oldest !== undefined) this.#granted.delete(oldest);
  }
}

/** The interlock names a door and a direction. */
function accessPointOf({ accessPoint, door, enters }: JsonObject): AccessPointName | undefined {
  return accessPointNames.find((name) =>
    accessPoint === undefined
      ? doorOf(name) === door && entersVestibule(name) === enters
      : name === accessPoint,
  );
}

export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
