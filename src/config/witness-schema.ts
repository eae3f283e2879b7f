import { z } from "zod";
import { isLoopback } from "./loopback.ts";
import { seconds } from "./seconds.ts";

const address = z
  .string()
  .regex(/^https?:\/\/[^\s@]+$/, "an https:// address without credentials in it")
  .refine((url) => url.startsWith("https://") || isLoopback(URL.parse(url)?.hostname ?? ""), {
    error: "https:// wherever it is not this machine itself",
  });

/** Who remembers, elsewhere, how far the journal was. */
export const witnessSchema = z
  .strictObject({
    url: address.describe("Where it is asked: the submission prefix of a C2SP tlog-witness"),
    vkey: z
      .string()
      .regex(/^[^\s+]+\+[0-9a-f]{8}\+B[A-Za-z0-9+/]{43}$/, "NAME+ID+KEY, as the witness shows it")
      .describe("Its public key: nothing else of its answers counts"),
    interval: seconds(5, 3_600, 60).describe("How often it is asked while there is something new"),
    overdueAfter: seconds(60, 604_800, 3_600).describe(
      "How long ago its last signature may be before JournalUnwitnessed is raised",
    ),
    timeout: seconds(1, 60, 10).describe("How long its answer may take"),
    caFile: z
      .string()
      .min(1)
      .optional()
      .describe("Certificate of the authority that signed its own, where that is private"),
  })
  .describe("A witness elsewhere that cosigns the journal's checkpoints");
