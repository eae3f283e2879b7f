import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { RefusedPhoto } from "../../ports/controller-services.ts";
import { operatorOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { photoSchema } from "../cardholder-schema.ts";
import { inWords } from "../enrolment-words.ts";
import { bytes, configuredName, problems, recordId } from "../field-schemas.ts";
import { waitingSchema, withSecondOperator } from "../four-eyes.ts";
import { limitUploads, pictureLimit, pictureOf, takePictures } from "../picture-bodies.ts";
import { PictureLooks } from "../picture-looks.ts";
import { notFound, Problem } from "../problem.ts";
import { photoView } from "../views.ts";

const tags = ["cardholders"];
const params = z.strictObject({ id: recordId });
const photoParams = z.strictObject({ id: recordId, photo: recordId });

export function photoRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const { services, clock } = context;
  return async (app) => {
    const looks = new PictureLooks(services, clock);
    takePictures(app);

    app.route({
      method: "POST",
      url: "/cardholders/:id/photos",
      config: { access: "changePeople" },
      bodyLimit: pictureLimit,
      onRequest: limitUploads(),
      schema: {
        operationId: "enrolPhoto",
        summary: "Enrol a photo",
        description:
          "The body is the picture, up to 10 MB. 422 says in `reason`, `detail` and `advice` why it will not do. " +
          "409: this face is enrolled already; `alreadyEnrolled` says whose it is. Where somebody has looked and " +
          "they are two people, send it again with `distinctFrom`.",
        tags,
        params,
        querystring: z.strictObject({
          distinctFrom: z
            .string()
            .regex(/^[A-Za-z0-9_-]{1,64}(,[A-Za-z0-9_-]{1,64}){0,7}$/, "up to 8 ids, with commas between")
            .optional()
            .describe("Cardholders who look alike and are other people: recorded with who said so"),
          appearance: configuredName
            .default("usual")
            .describe("How the person looks on it, e.g. glasses; at most three of one person"),
        }),
        body: {
          content: {
            "image/jpeg": { schema: bytes },
            "image/png": { schema: bytes },
          },
        },
        response: { 201: photoSchema, 202: waitingSchema, ...problems },
      },
      handler: async (request, reply) => {
        const { id } = request.params;
        const picture = pictureOf(request.body);
        if (services.directory.get(id) === undefined) throw notFound("There is no such cardholder.");
        const distinctFrom = request.query.distinctFrom?.split(",") ?? [];
        const { appearance } = request.query;
        const proposal = {
          action: "enrolPhoto",
          right: "changePeople",
          subject: { cardholder: id },
          before: null,
          after: { appearance, distinctFrom },
          execute: async ({ operator }: { readonly operator: string }) => {
            const outcome = await services.enrolPhoto(id, picture, operator, distinctFrom, appearance);
            if ("enrolled" in outcome && outcome.enrolled) return outcome.photo;
            throw refusal(outcome);
          },
        } as const;
        // §7: until a second operator has looked at it, it is nobody's face.
        const shown = services.approvals.inForce
          ? { ...proposal, picture: await passing(context, id, picture, operatorOf(request), distinctFrom) }
          : proposal;
        const enrolled = await withSecondOperator(context, request, shown);
        if (enrolled.is === "waiting") return reply.code(202).send(enrolled.body);
        return reply.code(201).send(photoView(enrolled.result));
      },
    });

    app.route({
      method: "GET",
      url: "/cardholders/:id/photos/:photo",
      config: { access: "seePhotos" },
      schema: {
        operationId: "getPhoto",
        summary: "An enrolled picture",
        description:
          "That it was looked at, and by whom, is recorded before it is shown; again within five minutes is the same look.",
        tags,
        params: photoParams,
        response: { 200: jpegAnswer, ...problems },
      },
      handler: async (request, reply) => {
        const { id, photo } = request.params;
        const jpeg = services.directory.photo(id, photo);
        if (jpeg === undefined) throw notFound("There is no such photo.");
        await looks.note(operatorOf(request), { type: "PhotoViewed", cardholder: id, photo });
        return reply.type("image/jpeg").send(Buffer.from(jpeg));
      },
    });

    app.route({
      method: "DELETE",
      url: "/cardholders/:id/photos/:photo",
      config: { access: "changePeople" },
      schema: {
        operationId: "removePhoto",
        summary: "Remove a photo and its template",
        tags,
        params: photoParams,
        response: { 204: z.undefined().describe("Removed"), ...problems },
      },
      handler: async (request, reply) => {
        await services.removePhoto(request.params.id, request.params.photo, operatorOf(request));
        return reply.code(204).send();
      },
    });
  };
}

const jpegAnswer = { description: "The picture", content: { "image/jpeg": { schema: bytes } } };

/** As it would be stored, if it would: whoever proposes it knows at once, not when it is confirmed. */
async function passing(
  { services }: ApiContext,
  id: string,
  picture: Uint8Array,
  operator: string,
  distinctFrom: readonly string[],
): Promise<Uint8Array> {
  const outcome = await services.checkPhoto(id, picture, operator, distinctFrom);
  if ("passes" in outcome) return outcome.jpeg;
  throw refusal(outcome);
}

const refusal = (refused: RefusedPhoto): Problem =>
  "enrolled" in refused ? alreadyEnrolled(refused) : refusedPhoto(refused);

type Refusal = Extract<RefusedPhoto, { usable: false }>;

function refusedPhoto(refusal: Refusal): Problem {
  const { reason, detail, quality, advice } = refusal;
  const extras = {
    reason,
    advice: inWords(advice ?? []),
    ...(quality === undefined ? {} : { quality }),
  };
  return reason === "engineFault"
    ? new Problem(503, "face-engine-unavailable", detail, { ...extras, retryAfterSeconds: 5 })
    : new Problem(422, "photo-refused", detail, extras);
}

function alreadyEnrolled({ alreadyEnrolled: alike }: Extract<RefusedPhoto, { enrolled: false }>): Problem {
  const who = alike.map(({ cardholder }) => cardholder).join(", ");
  return new Problem(409, "already-enrolled", `This face is enrolled already: ${who}. Nothing was stored.`, {
    alreadyEnrolled: alike,
  });
}
