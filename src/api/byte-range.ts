/** From `from` up to, not including, `until`. */
export interface ByteRange {
  readonly from: number;
  readonly until: number;
}

const oneRange = /^bytes=(\d{0,15})-(\d{0,15})$/;

/** One range of RFC 9110; what is no such range, or several, is answered with the whole (undefined). */
export function rangeOf(header: string | undefined, size: number): ByteRange | undefined | "unsatisfiable" {
  const match = oneRange.exec(header ?? "");
  const [, first = "", last = ""] = match ?? [];
  if (match === null || (first === "" && last === "")) return undefined;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "unsatisfiable" : { from: size - length, until: size };
  }
  const from = Number(first);
  if (last !== "" && Number(last) < from) return undefined;
  if (from >= size) return "unsatisfiable";
  return { from, until: last === "" ? size : Math.min(Number(last) + 1, size) };
}
