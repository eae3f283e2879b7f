import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type FieldName, fieldSpecs, specOf } from "./field-specs.ts";

interface JsonSchema {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly type?: string;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

const file = new URL("../../../firmware-config/site.schema.json", import.meta.url);
const site = JSON.parse(readFileSync(file, "utf8")) as JsonSchema;

function at(...path: readonly string[]): JsonSchema {
  const found = path.reduce<JsonSchema | undefined>(
    (schema, step) => (schema?.items ?? schema)?.properties?.[step],
    site,
  );
  if (found === undefined) throw new Error(`the site's file has no ${path.join(".")}`);
  return found;
}

const door = ["vestibules", "doors", "inner"];
const places: Readonly<Record<FieldName, JsonSchema>> = {
  releaseTime: at(...door, "releaseTime"),
  relockOnOpen: at(...door, "relockOnOpen"),
  relockDelay: at(...door, "relockDelay"),
  heldOpenTime: at(...door, "heldOpenTime"),
  heldOpenWarning: at(...door, "heldOpenWarning"),
  remoteGrant: at(...door, "remoteGrant"),
  count: at(...door, "multiPerson", "count"),
  // Of the door it has no default of its own: the site's holds.
  window: { ...at(...door, "multiPerson", "window"), default: at("access", "multiPersonWindow").default },
  directions: at(...door, "multiPerson", "directions"),
  maxFailures: at("access", "maxFailures"),
  lockoutTime: at("access", "lockoutTime"),
  sameCardTime: at("access", "sameCardTime"),
  multiPersonWindow: at("access", "multiPersonWindow"),
  pinTimeout: at("access", "pinTimeout"),
  remoteWindow: at("access", "remoteWindow"),
  policy: at("access", "duress", "policy"),
  liveness: { enum: at("face", "liveness").enum ?? [] },
  antiPassback: at("vestibules", "antiPassback"),
  vestibuleMax: at("vestibules", "occupancy", "vestibuleMax"),
  secureMax: at("vestibules", "occupancy", "secureMax"),
  // 0, or 2 to 16: as two schemas in the file.
  secureMin: { ...at("vestibules", "occupancy", "secureMin"), minimum: 0, maximum: 16 },
  dwellTime: at("vestibules", "dwellTime"),
  overrideTime: at("vestibules", "overrideTime"),
};

test.each(Object.keys(fieldSpecs) as FieldName[])(
  "%s is shown with the range and default of the site's file",
  (name) => {
    const spec = specOf(name);
    const schema = places[name];
    if (spec.kind === "number") {
      expect([spec.min, spec.max, spec.preset]).toEqual([schema.minimum, schema.maximum, schema.default]);
    } else {
      expect(spec.preset).toBe(schema.default);
      expect(spec.kind === "choice" ? spec.choices : undefined).toEqual(schema.enum);
    }
  },
);
