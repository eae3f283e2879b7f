import { z } from "zod";
import { roles } from "../domain/operator/rights.ts";
import { seconds } from "./seconds.ts";

const hour = 3600;

/** Who works with the controller, and how they prove who they are. */
export const operatorsSchema = z.strictObject({
  fourEyes: z
    .enum(["on", "off", "auto"])
    .default("auto")
    .describe(
      "Whether what weakens security takes a second operator; auto: on a real board yes, on the simulated one no",
    ),
  approvalTime: seconds(60, 7 * 24 * hour, 24 * hour).describe(
    "How long a proposal waits for the second operator",
  ),
  secondFactor: z
    .partialRecord(z.enum(roles), z.enum(["none", "required"]))
    .default({})
    .describe("Roles that sign in with a code of an authenticator app or a passkey beside the password"),
  idleLimit: seconds(60, 12 * hour, 15 * 60).describe(
    "A session nobody uses ends after this; a page that only shows the live state is not used",
  ),
  sessionLimit: seconds(10 * 60, 24 * hour, 12 * hour).describe(
    "A session ends after this whatever is done in it",
  ),
  localConsoleSeesDuress: z
    .boolean()
    .default(false)
    .describe("Show duress on a console opened at the box: only where none but guards can see it (A5)"),
  passkeys: z
    .strictObject({
      rpId: z
        .string()
        .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/, "a domain name, without https:// and port")
        .describe("The domain the console is opened under: passkeys are bound to it for good"),
      origin: z
        .string()
        .regex(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/, "https://name, with the port where it is not 443")
        .describe("The console's address as browsers show it"),
    })
    .optional()
    .describe("Signing in with passkeys; without it there are none"),
});
