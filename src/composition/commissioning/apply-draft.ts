import { copyFileSync, existsSync, readFileSync, renameSync } from "node:fs";
import { removeDurably, writeDurably } from "../../durable-files/durable-file.ts";
import type { CommissioningPlaces } from "./places.ts";

/** Puts the draft in the place of what runs; the former is kept until something has run by the new one. */
export function putInPlace(places: CommissioningPlaces, hash: string): void {
  const hadSite = existsSync(places.site);
  const hadBoard = existsSync(places.board);
  if (hadSite) copyFileSync(places.site, places.formerSite);
  else removeDurably(places.formerSite);
  if (hadBoard) copyFileSync(places.board, places.formerBoard);
  else removeDurably(places.formerBoard);
  writeDurably(places.unproven, `${JSON.stringify({ hash })}\n`);
  if (existsSync(places.draftBoard)) writeDurably(places.board, readFileSync(places.draftBoard, "utf8"));
  writeDurably(places.site, readFileSync(places.draft, "utf8"));
  removeDurably(places.draft);
  removeDurably(places.draftBoard);
}

export const isUnproven = ({ unproven }: CommissioningPlaces): boolean => existsSync(unproven);

/** Everything has come up by it. */
export const proven = ({ unproven }: CommissioningPlaces): void => removeDurably(unproven);

/**
 * Nothing can run by the new file: the former one again, or none, and what was tried is the draft again. False where
 * nothing was changed that could be taken back.
 */
export function takeBack(places: CommissioningPlaces, why: string): boolean {
  if (!isUnproven(places)) return false;
  if (existsSync(places.site)) writeDurably(places.draft, readFileSync(places.site, "utf8"));
  if (existsSync(places.board)) writeDurably(places.draftBoard, readFileSync(places.board, "utf8"));
  writeDurably(places.refused, `${JSON.stringify({ why: why.slice(0, 2_000) })}\n`);
  if (existsSync(places.formerBoard)) renameSync(places.formerBoard, places.board);
  else removeDurably(places.board);
  if (existsSync(places.formerSite)) renameSync(places.formerSite, places.site);
  else removeDurably(places.site);
  proven(places);
  return true;
}

/** Why the last change was taken back; once, for the record. */
export function takenBack({ refused }: CommissioningPlaces): string | undefined {
  if (!existsSync(refused)) return undefined;
  const { why } = JSON.parse(readFileSync(refused, "utf8")) as { why?: string }; // written by ourselves
  return why ?? "";
}
