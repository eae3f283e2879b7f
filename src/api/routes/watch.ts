import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { watchScreenOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { renewScreenCookie } from "../authentication/screen-cookies.ts";
import { rightsOfScreen, showsDuress } from "../authentication/watch-callers.ts";
import { problems } from "../field-schemas.ts";
import { beginPairing, pairingSchema } from "../screen-pairing.ts";

const tags = ["display"];

const ownSchema = z
  .object({
    name: z.string(),
    vestibules: z.array(z.string()).readonly().nullable().describe("The door pairs it shows; null: all"),
    duress: z.boolean().describe("Whether it is shown duress here: chosen, and not at the box itself"),
    rights: z.array(z.string()).describe("All that it may ever do"),
  })
  .meta({
    examples: [
      {
        name: "Centre, left wall",
        vestibules: null,
        duress: false,
        rights: ["seeState", "seeAlarms", "seeEvents", "seeEvidence"],
      },
    ],
  });

/** What a screen that watches asks about itself. Everything else it asks as everybody does, with `X-Vestibule-Screen: 1`. */
export function watchRoutes(context: ApiContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: "POST",
      url: "/watch/pairing",
      config: { access: "public" },
      schema: {
        operationId: "beginWatchPairing",
        summary: "A code for a screen that is to watch with nobody signed in",
        description:
          "Sets the cookie that the screen signs in with once an operator has typed the code at the console. Asked again while the code is good it is the same one.",
        tags,
        security: [],
        response: { 200: pairingSchema, ...problems },
      },
      handler: (request, reply) => beginPairing(context, "watch", context.watchScreens, [request, reply]),
    });

    app.route({
      method: "GET",
      url: "/watch",
      config: { access: "watch", watches: true },
      schema: {
        operationId: "getWatch",
        summary: "Which screen this is, and what it may show",
        tags,
        security: [{ watch: [] }],
        response: { 200: ownSchema, ...problems },
      },
      handler: (request, reply) => {
        renewScreenCookie(context, request, reply, "watch");
        const screen = watchScreenOf(request);
        const { name, vestibules } = screen;
        const duress = showsDuress(screen, request, context);
        return { name, vestibules, duress, rights: [...rightsOfScreen(screen)] };
      },
    });
  };
}
