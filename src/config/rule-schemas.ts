import { z } from "zod";
import { accessPointNames } from "../domain/names.ts";
import type { RuleKind } from "../ports/rules-store.ts";
import {
  accessLevelSchema,
  accessSchema,
  antiPassback,
  holidaySchema,
  multiPersonSchema,
  occupancySchema,
  scheduleSchema,
} from "./access-schema.ts";
import { livenessLevel } from "./face-schema.ts";
import { name } from "./name.ts";
import { doorSchema, vestibuleSchema } from "./site-schema.ts";

/** What may be changed while the site runs: the same keys as in the site's file, with the same ranges. */
export const accessLevelsDocument = z.array(accessLevelSchema).max(256);
export const schedulesDocument = z.array(scheduleSchema).max(256);
export const holidaysDocument = z.array(holidaySchema).max(400);

const given = <Schema extends z.ZodType>(schema: z.ZodDefault<Schema>) => schema.removeDefault().optional();

/** What is left out stays as it is. */
export const doorDocument = z.strictObject({
  releaseTime: given(doorSchema.shape.releaseTime),
  relockOnOpen: given(doorSchema.shape.relockOnOpen),
  relockDelay: given(doorSchema.shape.relockDelay),
  heldOpenTime: given(doorSchema.shape.heldOpenTime),
  heldOpenWarning: given(doorSchema.shape.heldOpenWarning),
  multiPerson: multiPersonSchema.nullable().optional().describe("null: one person is enough (A1)"),
  remoteGrant: given(doorSchema.shape.remoteGrant),
});

const { maxFailures, lockoutTime, sameCardTime, multiPersonWindow, pinTimeout, remoteWindow } =
  accessSchema.shape;
/** By which PIN or gesture duress is told is learnt by people, and stays as the file has it until the next start. */
const duress = z.strictObject({ policy: z.enum(["grant", "grantOuterHoldInner", "deny"]).optional() });
const { vestibuleMax, secureMax, secureMin } = occupancySchema.shape;

export const settingsDocument = z.strictObject({
  access: z
    .strictObject({
      maxFailures: given(maxFailures),
      lockoutTime: given(lockoutTime),
      sameCardTime: given(sameCardTime),
      multiPersonWindow: given(multiPersonWindow),
      pinTimeout: given(pinTimeout),
      remoteWindow: given(remoteWindow),
      duress: duress.optional(),
    })
    .optional(),
  liveness: livenessLevel.optional().describe("face.liveness of the site's file"),
  vestibules: z
    .record(
      name,
      z.strictObject({
        antiPassback: antiPassback.optional(),
        occupancy: z
          .strictObject({
            vestibuleMax: given(vestibuleMax),
            secureMax: given(secureMax),
            secureMin: given(secureMin),
          })
          .optional(),
        countFaces: name.nullable().optional().describe("null: they are not counted"),
        dwellTime: given(vestibuleSchema.shape.dwellTime),
        overrideTime: given(vestibuleSchema.shape.overrideTime),
        liveness: z
          .partialRecord(z.enum(accessPointNames), livenessLevel.nullable())
          .optional()
          .describe("By access point; null: the site's"),
      }),
    )
    .optional(),
});

export type DoorDocument = z.output<typeof doorDocument>;
export type SettingsDocument = z.output<typeof settingsDocument>;

export function schemaOf(kind: RuleKind): z.ZodType {
  switch (kind) {
    case "access-levels":
      return accessLevelsDocument;
    case "schedules":
      return schedulesDocument;
    case "holidays":
      return holidaysDocument;
    case "settings":
      return settingsDocument;
    default: // `doors/v1/outer`: the one kind of which there are several
      return doorDocument;
  }
}
