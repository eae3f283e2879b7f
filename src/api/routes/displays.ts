import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { accessPointNames } from "../../domain/names.ts";
import type { PairedDisplay } from "../../ports/paired-displays.ts";
import { operatorOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { mostScreens } from "../authentication/screen-sign-in.ts";
import { configuredName, line, problems, recordId } from "../field-schemas.ts";
import { notFound, Problem } from "../problem.ts";
import { typedCode, waitingFor } from "../screen-pairing.ts";

const tags = ["display"];
const config = { access: "manageDisplays" } as const;

const name = line(60);

const displaySchema = z.object({
  id: z.string(),
  name: z.string(),
  vestibule: z.string(),
  accessPoint: z.enum(accessPointNames),
  fitted: z.boolean().describe("Whether the site's file has that access point"),
  online: z.boolean().describe("Whether it is being told what to show"),
  pairedBy: z.string(),
  pairedAt: z.string(),
  lastSeenAt: z.string().nullable().describe("To the minute"),
});

const example = {
  ...{ id: "0b9f3c0e-7d55-4b0e-9d4e-1f0a2f6f5b11", name: "Street, beside the outer door" },
  ...{ vestibule: "v1", accessPoint: "outer-entry", fitted: true, online: true, pairedBy: "admin" },
  ...{ pairedAt: "2026-11-21T08:30:00.000Z", lastSeenAt: "2026-11-21T09:12:00.000Z" },
} as const;

/** The screens at the doors, as operators keep them. */
export function displaysRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const { services, displays, displayStore, displayStreams } = context;
  const isFitted = ({ vestibule, accessPoint }: Pick<PairedDisplay, "vestibule" | "accessPoint">): boolean =>
    services.state().vestibules.find(({ id }) => id === vestibule)?.displays[accessPoint] !== undefined;
  const view = (display: PairedDisplay) => ({
    ...display,
    fitted: isFitted(display),
    online: displayStreams.isOnline(display.id),
    pairedAt: new Date(display.pairedAt).toISOString(),
    lastSeenAt: display.lastSeenAt === null ? null : new Date(display.lastSeenAt).toISOString(),
  });
  const existing = (id: string): PairedDisplay => {
    const display = displayStore.list().find((one) => one.id === id);
    if (display === undefined) throw notFound("There is no such display.");
    return display;
  };
  const requireFreeName = (wanted: string, own?: string): void => {
    if (displayStore.list().some((one) => one.name === wanted && one.id !== own))
      throw new Problem(409, "name-taken", "Another display has this name.");
  };
  return async (app) => {
    app.route({
      method: "GET",
      url: "/displays",
      config,
      schema: {
        operationId: "listDisplays",
        summary: "The screens at the doors",
        tags,
        response: {
          200: z.object({ displays: z.array(displaySchema) }).meta({ examples: [{ displays: [example] }] }),
          ...problems,
        },
      },
      handler: () => ({ displays: displayStore.list().map(view) }),
    });

    app.route({
      method: "POST",
      url: "/displays",
      config,
      schema: {
        operationId: "pairDisplay",
        summary: "Say which access point the screen that shows this code belongs to",
        description: "The code is good for ten minutes and once. Nothing is typed at the door.",
        tags,
        body: z
          .strictObject({
            code: typedCode,
            vestibule: configuredName,
            accessPoint: z.enum(accessPointNames),
            name,
          })
          .meta({
            examples: [{ code: "K7M4-XW2P", vestibule: "v1", accessPoint: "outer-entry", name: "Street" }],
          }),
        response: { 201: displaySchema.meta({ examples: [example] }), ...problems },
      },
      handler: async (request, reply) => {
        const { code, name: called, ...where } = request.body;
        if (!isFitted(where)) throw notFound("The site has no such access point.");
        requireFreeName(called);
        if (displayStore.list().length >= mostScreens)
          throw new Problem(409, "too-many-displays", `There are ${mostScreens} displays: unpair one first.`);
        const waiting = waitingFor(code, displays);
        const operator = operatorOf(request);
        await services.record("DisplayPaired", { operator, display: called, ...where });
        const display = displays.pair(waiting, { name: called, operator }, (paired) => ({
          ...paired,
          ...where,
        }));
        return reply.code(201).send(view(display));
      },
    });

    app.route({
      method: "PATCH",
      url: "/displays/:id",
      config,
      schema: {
        operationId: "renameDisplay",
        summary: "Call a display something else",
        tags,
        params: z.strictObject({ id: recordId }),
        body: z.strictObject({ name }).meta({ examples: [{ name: "Street, left of the door" }] }),
        response: { 200: displaySchema.meta({ examples: [example] }), ...problems },
      },
      handler: async (request) => {
        const { id, name: former } = existing(request.params.id);
        const { name: called } = request.body;
        requireFreeName(called, id);
        await services.record("DisplayRenamed", { operator: operatorOf(request), display: called, former });
        displayStore.rename(id, called);
        return view(existing(id));
      },
    });

    app.route({
      method: "DELETE",
      url: "/displays/:id",
      config,
      schema: {
        operationId: "unpairDisplay",
        summary: "Unpair a display: from now on it shows a code",
        tags,
        params: z.strictObject({ id: recordId }),
        response: { 204: z.undefined().describe("Unpaired"), ...problems },
      },
      handler: async (request, reply) => {
        const { id, name: called, vestibule, accessPoint } = existing(request.params.id);
        const operator = operatorOf(request);
        await services.record("DisplayUnpaired", { operator, display: called, vestibule, accessPoint });
        displayStore.remove(id);
        displayStreams.unpaired(id);
        return reply.code(204).send();
      },
    });
  };
}
