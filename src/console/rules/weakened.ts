import type { PreviewChangeData } from "../api/client.ts";
import { type FieldName, specOf } from "./field-specs.ts";

export type IsWeakened = (field: FieldName, where: string) => boolean;

/** Whether the server says of the draft that this rule becomes weaker there. */
export const weakenedIn =
  (answer: PreviewChangeData | undefined): IsWeakened =>
  (field, where) =>
    (answer?.weakens ?? []).some((one) => one.rule === (specOf(field).rule ?? field) && one.where === where);
