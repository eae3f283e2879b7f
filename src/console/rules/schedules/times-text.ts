import type { DayKind } from "../../../domain/access/access.ts";
import { type Block, clock, fits, normalised, wholeDay } from "./blocks.ts";

/** `08:00–12:00, 22:00–02:00`: a day's blocks as they are read and typed. */
export const timesText = (blocks: readonly Block[]): string =>
  blocks.map(({ from, to }) => `${clock(from)}–${clock(to)}`).join(", ");

/** A time as people type it: `8`, `8:30`, `0830`, `08：30`, `24:00`. Undefined where it is none. */
export function timeTyped(text: string): number | undefined {
  const found = /^(\d{1,2})(?:[:：.]?(\d{2}))?$/.exec(text.trim());
  if (found === null) return undefined;
  const [hours, minutes] = [Number(found[1]), Number(found[2] ?? 0)];
  const minute = hours * 60 + minutes;
  return minutes < 60 && minute <= wholeDay ? minute : undefined;
}

/** A block from two typed times; one that ends no later than it begins runs over midnight. */
export function blockTyped(day: DayKind, from: string, to: string): Block | undefined {
  const [begin, end] = [timeTyped(from), timeTyped(to)];
  if (begin === undefined || end === undefined) return undefined;
  const block = { day, from: begin, to: end > begin ? end : end + wholeDay };
  return fits(block) && begin !== end ? block : undefined;
}

/** A whole day typed, separated by commas, semicolons or line ends; undefined where any of it cannot be read. */
export function dayTyped(day: DayKind, text: string): readonly Block[] | undefined {
  const blocks: Block[] = [];
  for (const part of text.split(/[,，;；、\n]/).filter((one) => one.trim() !== "")) {
    const [from = "", to = "", ...more] = part.split(/\s*(?:[-–—~～至到]|to)\s*/i);
    const block = more.length === 0 ? blockTyped(day, from, to) : undefined;
    if (block === undefined) return undefined;
    blocks.push(block);
  }
  return normalised(blocks);
}
