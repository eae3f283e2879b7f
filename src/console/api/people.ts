import * as client from "./client.ts";
import { ApiError, isObject } from "./http.ts";
import type { Advice } from "./site.ts";

/** What became of a photo. */
export type PhotoAnswer =
  | { readonly is: "enrolled" }
  | { readonly is: "refused"; readonly advice: readonly Advice[]; readonly detail: string }
  /** Such a face is enrolled as these people's. */
  | { readonly is: "somebodyElses"; readonly others: readonly string[] };

/** `distinctFrom`: people who look alike and are others, as the operator says. */
export async function enrolPhoto(
  id: string,
  photo: File,
  distinctFrom: readonly string[] = [],
): Promise<PhotoAnswer> {
  try {
    const others = distinctFrom.length === 0 ? {} : { distinctFrom: distinctFrom.join(",") };
    await client.enrolPhoto({ id, ...others }, photo);
    return { is: "enrolled" };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === "already-enrolled") return { is: "somebodyElses", others: alikeOf(error.content) };
    if (error.status === 0 || error.status === 401) throw error;
    return { is: "refused", advice: adviceOf(error.content), detail: error.message };
  }
}

/** Whether this person's templates grow old, by the times they were recognised. */
export async function isAgeing(id: string): Promise<boolean> {
  return (await client.getCardholder({ id })).ageing?.ageing === true;
}

function alikeOf({ alreadyEnrolled }: Readonly<Record<string, unknown>>): readonly string[] {
  if (!Array.isArray(alreadyEnrolled)) return [];
  return alreadyEnrolled.flatMap((one) =>
    isObject(one) && typeof one["cardholder"] === "string" ? [one["cardholder"]] : [],
  );
}

function adviceOf({ advice }: Readonly<Record<string, unknown>>): readonly Advice[] {
  if (!Array.isArray(advice)) return [];
  return advice.filter(
    (one): one is Advice => isObject(one) && typeof one["en"] === "string" && typeof one["zh"] === "string",
  );
}
