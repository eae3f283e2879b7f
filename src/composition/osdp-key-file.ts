import { join, resolve } from "node:path";
import { placeOf } from "../ports/reader-reports.ts";
import type { PlacedReader } from "./readers.ts";

/** Where a reader's own key is kept: as the site says, else beside the site's key. */
export const osdpKeyFile = (
  { where, reader }: PlacedReader<"osdp">,
  dataDirectory: string | undefined,
): string => reader.keyFile ?? resolve(join(dataDirectory ?? "var", "osdp", `${placeOf(where)}.key`));
