import type { FastifyReply, FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { displayHints, displayTexts } from "../../domain/access/display.ts";
import { accessPointNames } from "../../domain/names.ts";
import { displayOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { renewScreenCookie } from "../authentication/screen-cookies.ts";
import { screenAt } from "../display-screen.ts";
import { bytes, problems } from "../field-schemas.ts";
import { LivePictures, liveHeaders } from "../live-pictures.ts";
import { Problem } from "../problem.ts";
import { beginPairing, pairingSchema } from "../screen-pairing.ts";
import { streamHeaders } from "./stream.ts";

const tags = ["display"];
const config = { access: "display", watches: true } as const;
/** A site has at most 32 access points; each screen looks at its own camera only. */
const mostMirrors = 32;

const bilingual = z.object({ en: z.string(), zh: z.string() });

const screenSchema = z
  .object({
    text: z.enum([...displayTexts, "outOfService"]),
    hint: z.enum(displayHints).nullable(),
    progress: z
      .object({ step: z.int(), of: z.int() })
      .nullable()
      .describe("Which of how many people, or requests to move"),
    remaining: z.number().nullable().describe("Milliseconds until it goes away by itself"),
    name: z.string().nullable().describe("Of whoever is let in, as far as the site lets strangers read it"),
    mirror: z.boolean().describe("Whether `GET /display/mirror` has pictures now"),
    accessPoint: z.enum(accessPointNames),
    site: bilingual,
    vestibule: bilingual,
    settings: z.object({
      languages: z.array(z.enum(["zh", "en"])).readonly(),
      sound: z.int(),
      appearance: z.enum(["auto", "light", "dark"]),
    }),
    clock: z.object({ time: z.string(), timeZone: z.string() }),
  })
  .meta({
    examples: [
      {
        ...{ text: "look", hint: null, progress: null, remaining: 3_200, name: null, mirror: true },
        ...{ accessPoint: "outer-entry", site: { en: "Demo branch", zh: "演示网点" } },
        ...{ vestibule: { en: "Vestibule 1", zh: "联动门 1" } },
        settings: { languages: ["zh", "en"], sound: 60, appearance: "auto" },
        clock: { time: "2026-11-21T08:30:00.000Z", timeZone: "Asia/Shanghai" },
      },
    ],
  });

/** What a screen at a door asks: for a code until it is paired, then for what it is to show. Nothing else answers it. */
export function displayRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const { services, displays, displayStreams } = context;
  return async (app) => {
    app.route({
      method: "POST",
      url: "/display/pairing",
      config: { access: "public" },
      schema: {
        operationId: "beginPairing",
        summary: "A code for a screen that belongs to no door yet",
        description:
          "Sets the cookie that the screen signs in with once an operator has typed the code at the console. Asked again while the code is good it is the same one.",
        tags,
        security: [],
        response: {
          200: pairingSchema,
          ...problems,
        },
      },
      handler: (request, reply) => beginPairing(context, "display", displays, [request, reply]),
    });

    app.route({
      method: "GET",
      url: "/display",
      config,
      schema: {
        operationId: "getDisplay",
        summary: "What this screen is to show now",
        tags,
        security: [{ display: [] }],
        response: { 200: screenSchema, ...problems },
      },
      handler: (request, reply) => {
        renewScreenCookie(context, request, reply, "display");
        return screenAt(services, displayOf(request));
      },
    });

    app.route({
      method: "GET",
      url: "/display/stream",
      config,
      schema: {
        operationId: "openDisplayStream",
        summary: "Server-sent events: `screen`, whole each time",
        description:
          "On every change and several times in two seconds besides: a screen that hears nothing shows that it is out of service. Ends when the screen is unpaired.",
        tags,
        security: [{ display: [] }],
        response: {
          200: {
            description: "An endless stream",
            content: {
              "text/event-stream": {
                schema: z
                  .string()
                  .meta({ examples: ['event: screen\ndata: {"text":"ready","hint":null}\n\n'] }),
              },
            },
          },
          ...problems,
        },
      },
      handler: (request, reply) => {
        if (displayStreams.isFull)
          throw new Problem(503, "too-many-streams", "As many streams as allowed are open.", {
            retryAfterSeconds: 2,
          });
        const display = displayOf(request);
        answerWith(reply, streamHeaders);
        displayStreams.open({ response: reply.raw, display, stillPaired: () => displays.seen(display) });
      },
    });

    const mirrors = new LivePictures(context.limits, mostMirrors);
    app.addHook("preClose", async () => mirrors.close());
    app.route({
      method: "GET",
      url: "/display/mirror",
      config,
      schema: {
        operationId: "openDisplayMirror",
        summary: "Whoever stands there, as the camera of this access point sees them",
        description:
          "Only while somebody is looked at, or was just asked to try again: the pictures end with that. Nobody's looking is recorded, since they look at themselves.",
        tags,
        security: [{ display: [] }],
        querystring: z.looseObject({}),
        response: {
          200: {
            description: "Pictures without end, each in place of the one before",
            content: { "multipart/x-mixed-replace": { schema: bytes } },
          },
          ...problems,
        },
      },
      handler: (request, reply) => {
        const display = displayOf(request);
        if (mirrors.isFull)
          throw new Problem(503, "too-many-views", "As many views as allowed are open.", {
            retryAfterSeconds: 2,
          });
        let show = (_jpeg: Uint8Array): void => undefined;
        const watching = mayLook(request)
          ? services.displays.mirror(display, (jpeg) => mayLook(request) && show(jpeg))
          : undefined;
        if (watching === undefined)
          throw new Problem(409, "nobody-is-looked-at", "There is no picture for this screen now.");
        answerWith(reply, liveHeaders);
        const mayContinue = () => mayLook(request);
        show = mirrors.open({ response: reply.raw, mayContinue, watching });
      },
    });

    function mayLook(request: FastifyRequest): boolean {
      const display = displays.seen(displayOf(request));
      return display !== undefined && screenAt(services, display).mirror;
    }
  };
}

/** What follows is written by others, without end. */
function answerWith(reply: FastifyReply, headers: Readonly<Record<string, string>>): void {
  reply.hijack();
  reply.raw.writeHead(200, headers);
}
