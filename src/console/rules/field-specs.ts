/** How a rule is shown and typed; ranges and defaults are those of the site's file, and a test compares them. */
export type FieldSpec =
  | {
      readonly kind: "number";
      readonly min: number;
      readonly max: number;
      readonly preset?: number;
      readonly unit: "s" | "people" | "times";
      readonly weaker?: "more" | "less";
      /** 0 is no limit at all. */
      readonly unlimited?: true;
      /** As a weakening names it, where that is another word. */
      readonly rule?: string;
    }
  | {
      readonly kind: "switch";
      readonly preset: boolean;
      readonly unit?: undefined;
      readonly weaker?: "off";
      readonly rule?: string;
    }
  | {
      readonly kind: "choice";
      /** From weak to strong. */
      readonly choices: readonly string[];
      readonly preset?: string;
      readonly unit?: undefined;
      readonly weaker?: "down";
      readonly rule?: string;
    };

const seconds = (min: number, max: number, preset: number, weaker?: "more" | "less"): FieldSpec => ({
  ...{ kind: "number", min, max, preset, unit: "s" },
  ...(weaker !== undefined && { weaker }),
});

export const fieldSpecs = {
  releaseTime: seconds(2, 30, 5, "more"),
  relockOnOpen: { kind: "switch", preset: true, weaker: "off" },
  relockDelay: seconds(0, 5, 0.3, "more"),
  heldOpenTime: seconds(5, 300, 15, "more"),
  heldOpenWarning: seconds(0, 60, 5),
  remoteGrant: { kind: "switch", preset: false, weaker: "off" },
  count: { kind: "number", min: 2, max: 16, unit: "people", weaker: "less", rule: "people" },
  window: { ...seconds(5, 120, 30, "more"), rule: "window" },
  directions: { kind: "choice", choices: ["entry", "both"], preset: "entry", weaker: "down" },
  maxFailures: { kind: "number", min: 1, max: 5, preset: 3, unit: "times", weaker: "more" },
  lockoutTime: seconds(10, 3600, 60, "less"),
  sameCardTime: seconds(0, 10, 1),
  multiPersonWindow: { ...seconds(5, 120, 30, "more"), rule: "window" },
  pinTimeout: seconds(5, 60, 20),
  remoteWindow: seconds(10, 300, 60),
  policy: {
    ...{ kind: "choice", choices: ["grant", "grantOuterHoldInner", "deny"], preset: "grant" },
    ...{ weaker: "down", rule: "duress" },
  },
  liveness: { kind: "choice", choices: ["off", "passive", "challenge"], weaker: "down" },
  antiPassback: { kind: "choice", choices: ["off", "soft", "hard"], preset: "off", weaker: "down" },
  vestibuleMax: {
    ...{ kind: "number", min: 0, max: 16, preset: 1, unit: "people" },
    ...{ weaker: "more", unlimited: true },
  },
  secureMax: {
    ...{ kind: "number", min: 0, max: 10_000, preset: 0, unit: "people" },
    ...{ weaker: "more", unlimited: true },
  },
  secureMin: { kind: "number", min: 0, max: 16, preset: 0, unit: "people", weaker: "less" },
  dwellTime: seconds(30, 900, 120, "more"),
  overrideTime: seconds(10, 600, 60, "more"),
} as const satisfies Readonly<Record<string, FieldSpec>>;

export type FieldName = keyof typeof fieldSpecs;

export const specOf = (name: FieldName): FieldSpec => fieldSpecs[name];

/** By a value's place in a document. */
export function specAt(path: readonly string[]): FieldSpec | undefined {
  const key = path.at(-1) ?? "";
  return Object.hasOwn(fieldSpecs, key) ? fieldSpecs[key as FieldName] : undefined; // it is one of its keys
}
