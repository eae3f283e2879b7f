import type { FastifyReply, FastifyRequest } from "fastify";
import type { ApiContext } from "../api-options.ts";

/** At a door, or on a wall of the security centre: what one signs in with opens nothing of the other's. */
export type ScreenKind = "display" | "watch";

/** As long as a browser keeps one. Seconds. */
const cookieAge = 400 * 86_400;

const nameOf = (kind: ScreenKind, tls: boolean): string => `${tls ? "__Host-" : ""}vestibule_${kind}`;

/** What a screen signs in with. */
export const presentedScreen = (
  { cookies }: Pick<FastifyRequest, "cookies">,
  kind: ScreenKind,
  { config }: Pick<ApiContext, "config">,
): string | undefined => cookies[nameOf(kind, config.tls !== undefined)];

export function setScreenCookie(
  { config }: Pick<ApiContext, "config">,
  reply: FastifyReply,
  kind: ScreenKind,
  secret: string,
): void {
  const secure = config.tls !== undefined;
  reply.setCookie(nameOf(kind, secure), secret, {
    ...{ httpOnly: true, sameSite: "strict", path: "/", secure, maxAge: cookieAge },
  });
}

/** A browser forgets a cookie after a year or so; a screen hangs where it is for longer. */
export function renewScreenCookie(
  context: Pick<ApiContext, "config">,
  request: FastifyRequest,
  reply: FastifyReply,
  kind: ScreenKind,
): void {
  const secret = presentedScreen(request, kind, context);
  if (secret !== undefined) setScreenCookie(context, reply, kind, secret);
}
