import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { operatorOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { cardholderDetailSchema } from "../cardholder-schema.ts";
import { adviceSchema, inWords } from "../enrolment-words.ts";
import { bytes, problems, recordId } from "../field-schemas.ts";
import { LookLimit } from "../look-limit.ts";
import { pictureOf, takePictures } from "../picture-bodies.ts";
import { notFound, Problem } from "../problem.ts";
import { cardholderView } from "../views.ts";

const tags = ["cardholders"];
const params = z.strictObject({ id: recordId });

/** A frame of a webcam, made smaller: 640 pixels wide have about 60 kB. */
const frameLimit = 512 * 1024;

const consentRulesSchema = z
  .object({
    required: z.boolean().describe("Without it nobody's photo is enrolled: 409 `consent-missing`"),
    wording: z.object({ version: z.string(), en: z.string(), zh: z.string() }),
  })
  .meta({
    examples: [
      {
        required: true,
        wording: { version: "2026-11", en: "I agree that photos …", zh: "本人同意采集本人的面部照片……" },
      },
    ],
  });

const newConsent = z
  .strictObject({
    wording: z.string().max(32).describe("The version that the person has read"),
    language: z.enum(["en", "zh"]),
    form: z
      .enum(["atDesk", "onPaper"])
      .describe("atDesk: agreed to before the operator; onPaper: signed, and kept outside of this box"),
  })
  .meta({ examples: [{ wording: "2026-11", language: "zh", form: "atDesk" }] });

const lookSchema = z
  .object({
    good: z.boolean().describe("It would do as a photo"),
    faces: z.int(),
    box: z
      .object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
      .nullable()
      .describe("Of the largest face, in pixels of the picture"),
    width: z.int(),
    height: z.int(),
    advice: adviceSchema,
    quality: z.record(z.string(), z.number()).nullable(),
  })
  .meta({
    examples: [
      {
        ...{ good: false, faces: 1, box: { x: 260, y: 150, width: 60, height: 80 }, width: 640, height: 480 },
        advice: inWords(["stepCloser"]),
        quality: { eyeDistance: 24 },
      },
    ],
  });

/** Consent, and the guide at the desk's camera. */
export function enrolmentRoutes({ services, clock }: ApiContext): FastifyPluginAsyncZod {
  const { people } = services;
  const detailOf = (id: string) => {
    const cardholder = services.directory.get(id);
    if (cardholder === undefined) throw notFound("There is no such cardholder.");
    return { ...cardholderView(cardholder), ageing: services.ageing(id) ?? null };
  };
  return async (app) => {
    const limit = new LookLimit(clock);
    takePictures(app);

    app.route({
      method: "GET",
      url: "/enrolment/consent",
      config: { access: "seePeople" },
      schema: {
        operationId: "getConsentWording",
        summary: "What people agree to before their face is enrolled",
        tags,
        response: { 200: consentRulesSchema, ...problems },
      },
      handler: () => {
        const { required, wording } = people.enrolment.consent;
        return { required, wording: { ...wording } };
      },
    });

    app.route({
      method: "PUT",
      url: "/cardholders/:id/consent",
      config: { access: "changePeople" },
      schema: {
        operationId: "giveConsent",
        summary: "Record that a person agreed to the use of their face",
        description:
          "In place of an earlier consent. 409 `wording-changed` where another version is in force: read that one out.",
        tags,
        params,
        body: newConsent,
        response: { 200: cardholderDetailSchema, ...problems },
      },
      handler: async (request) => {
        const { id } = request.params;
        if (services.directory.get(id) === undefined) throw notFound("There is no such cardholder.");
        const { version } = people.enrolment.consent.wording;
        if (request.body.wording !== version)
          throw new Problem(409, "wording-changed", `Wording ${version} is in force.`, { version });
        await people.enrolment.giveConsent(id, request.body, operatorOf(request));
        return detailOf(id);
      },
    });

    app.route({
      method: "DELETE",
      url: "/cardholders/:id/consent",
      config: { access: "changePeople" },
      schema: {
        operationId: "withdrawConsent",
        summary: "Withdraw a person's consent; photos and templates are deleted with it",
        tags,
        params,
        response: { 200: cardholderDetailSchema, ...problems },
      },
      handler: async (request) => {
        const { id } = request.params;
        await people.enrolment.withdrawConsent(id, operatorOf(request));
        return detailOf(id);
      },
    });

    app.route({
      method: "POST",
      url: "/enrolment/look",
      config: { access: "changePeople" },
      bodyLimit: frameLimit,
      onRequest: async (request, reply) => {
        const end = limit.begin(operatorOf(request));
        reply.raw.once("close", end);
      },
      schema: {
        operationId: "lookAtPicture",
        summary: "How a picture would turn out as a photo",
        description:
          "For a guide beside a running webcam, about twice a second: the body is one frame, up to 512 kB and 2 megapixels. " +
          "Nothing is stored or recorded. One at a time for each operator (429); 503 `doors-first` while somebody is verified at a door.",
        tags,
        body: { content: { "image/jpeg": { schema: bytes } } },
        response: { 200: lookSchema, ...problems },
      },
      handler: async (request) => {
        const look = await people.enrolment.look(pictureOf(request.body));
        if (look?.is === "seen") {
          const { is: _seen, advice, box, quality, ...facts } = look;
          return {
            ...facts,
            box: box && { ...box },
            quality: quality && { ...quality },
            advice: inWords(advice),
          };
        }
        if (look?.is === "notAPicture")
          throw new Problem(422, "photo-refused", look.detail, { reason: "notAPicture" });
        if (look?.is === "busy")
          throw new Problem(503, "doors-first", "Somebody is at a door: that comes first.", {
            retryAfterSeconds: 1,
          });
        throw new Problem(503, "face-engine-unavailable", "Nobody looks at pictures now.", {
          retryAfterSeconds: 2,
        });
      },
    });
  };
}
