import { networkInterfaces } from "node:os";
import { isLoopback } from "./origin.ts";

/** Whether a request from `address` was made at the box itself: there a robber may be looking on (A5). */
export function isAtTheBox(address: string): boolean {
  const bare = address.replace(/^::ffff:/, "").replace(/%.*$/, "");
  if (isLoopback(bare)) return true;
  return Object.values(networkInterfaces())
    .flat()
    .some((own) => own?.address === bare);
}
