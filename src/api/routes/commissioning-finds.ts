import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { ApiContext } from "../api-options.ts";
import { commissioningOf, doneOr, commissioningTags as tags } from "../commissioning-answers.ts";
import {
  boardsSchema,
  findingsSchema,
  foundCamerasSchema,
  foundReadersSchema,
  linesSchema,
  probedCameraSchema,
} from "../commissioning-finds-schema.ts";
import { problems } from "../field-schemas.ts";
import { Problem } from "../problem.ts";

/** What is there: boards, lines, cameras, readers, and what is wrong with any of it. */
export function commissioningFindRoutes(context: ApiContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: "GET",
      url: "/boards",
      config: { access: "commission" },
      schema: {
        operationId: "listBoards",
        summary: "Boards this program is prepared for, and which of them this machine is",
        tags,
        response: { 200: boardsSchema, ...problems },
      },
      handler: async () => ({ boards: await commissioningOf(context).boards() }),
    });

    app.route({
      method: "GET",
      url: "/lines",
      config: { access: "seeCommissioning", watches: true },
      schema: {
        operationId: "getLines",
        summary: "Every line as the interlock reads it now; to be asked five times a second",
        tags,
        response: { 200: linesSchema, ...problems },
      },
      handler: async () => {
        const lines = await commissioningOf(context).lines();
        if (lines === undefined)
          throw new Problem(503, "interlock-silent", "The interlock does not answer.", {
            retryAfterSeconds: 1,
          });
        return { lines };
      },
    });

    app.route({
      method: "POST",
      url: "/cameras/discover",
      config: { access: "commission" },
      schema: {
        operationId: "discoverCameras",
        summary: "Ask the network for ONVIF cameras; takes some seconds",
        tags,
        response: { 200: foundCamerasSchema, ...problems },
      },
      handler: async () => ({ devices: doneOr(await commissioningOf(context).discoverCameras()) }),
    });

    app.route({
      method: "POST",
      url: "/cameras/probe",
      config: { access: "commission" },
      schema: {
        operationId: "probeCamera",
        summary: "Ask one ONVIF camera what it has, and which of its streams to take",
        tags,
        body: z
          .strictObject({
            address: z.string().regex(/^[A-Za-z0-9.:[\]/_-]{1,200}$/, "an address, or http://ADDRESS/path"),
            username: z.string().min(1).max(64).optional(),
            password: z.string().max(128).optional(),
          })
          .meta({ examples: [{ address: "192.0.2.11", username: "vestibule", password: "secret" }] }),
        response: { 200: probedCameraSchema, ...problems },
      },
      handler: async ({ body: { address, username, password } }) =>
        doneOr(await commissioningOf(context).probeCamera(address, username, password)),
    });

    app.route({
      method: "GET",
      url: "/readers",
      config: { access: "commission" },
      schema: {
        operationId: "findReaders",
        summary: "Devices of this machine that may be card readers",
        tags,
        response: { 200: foundReadersSchema, ...problems },
      },
      handler: async () => ({ readers: await commissioningOf(context).findReaders() }),
    });

    app.route({
      method: "GET",
      url: "/doctor",
      config: { access: "commission" },
      schema: {
        operationId: "askDoctor",
        summary: "What `vestibule doctor` finds, asked of the running service",
        tags,
        response: { 200: findingsSchema, ...problems },
      },
      handler: async () => ({ findings: await commissioningOf(context).doctor() }),
    });
  };
}
