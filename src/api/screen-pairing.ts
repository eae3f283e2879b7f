import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { since } from "../domain/time.ts";
import type { PairedScreen } from "../ports/paired-screens.ts";
import type { ApiContext } from "./api-options.ts";
import { presentedScreen, type ScreenKind, setScreenCookie } from "./authentication/screen-cookies.ts";
import type { ScreenSignIn } from "./authentication/screen-sign-in.ts";
import { Problem } from "./problem.ts";

/** What a screen that is not paired yet is answered. */
export const pairingSchema = z
  .object({ code: z.string(), expiresInSeconds: z.int() })
  .meta({ examples: [{ code: "K7M4XW2P", expiresInSeconds: 600 }] });

/** As an operator types it from the screen. */
export const typedCode = z
  .string()
  .regex(/^[A-Za-z0-9 -]{1,32}$/, "the screen's code; small letters, spaces and hyphens do not matter");

/** A code for the screen that asks; sets the cookie that it signs in with once the code has been typed. */
export function beginPairing(
  context: Pick<ApiContext, "config" | "clock">,
  kind: ScreenKind,
  screens: Pick<ScreenSignIn<PairedScreen>, "use" | "begin">,
  [request, reply]: readonly [FastifyRequest, FastifyReply],
): z.output<typeof pairingSchema> {
  const presented = presentedScreen(request, kind, context);
  if (screens.use(presented) !== undefined)
    throw new Problem(409, "already-paired", "This screen is paired already.");
  const begun = screens.begin(presented, request.ip);
  if (begun.is === "refused")
    throw new Problem(429, "too-many-attempts", "As many screens as allowed ask for a code.", {
      retryAfterSeconds: begun.wait / 1000,
    });
  const { code, until } = begun.pairing;
  if (begun.secret !== undefined) setScreenCookie(context, reply, kind, begun.secret);
  return { code, expiresInSeconds: Math.ceil(since(context.clock.now(), until) / 1000) };
}

/** The hash of what the screen that shows `code` signs in with. */
export function waitingFor(code: string, screens: Pick<ScreenSignIn<PairedScreen>, "waiting">): string {
  const waiting = screens.waiting(code.toUpperCase().replaceAll(/[ -]/g, ""));
  if (waiting === undefined)
    throw new Problem(404, "no-such-code", "No screen shows this code, or it has expired.");
  return waiting;
}
