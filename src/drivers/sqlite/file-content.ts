import { statSync } from "node:fs";

/** Whether a file is there and not empty. */
export const hasContent = (file: string): boolean =>
  (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0;
