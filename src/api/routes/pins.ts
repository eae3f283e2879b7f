import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { operatorOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { problems, recordId } from "../field-schemas.ts";
import { given } from "../present-fields.ts";

const tags = ["cardholders"];
const params = z.strictObject({ id: recordId });

/** What will do is the controller's to say; no message of either repeats it. */
const pin = z.string("4 to 8 digits, as text").max(64, "4 to 8 digits");

export function pinRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const { people } = context.services;
  return async (app) => {
    app.route({
      method: "PUT",
      url: "/cardholders/:id/pin",
      config: { access: "changePeople" },
      schema: {
        operationId: "setPin",
        summary: "Set a person's PIN",
        description:
          "4 to 8 digits, no row and no repetition. Kept as hashes. Where the site takes the PIN with its last digit " +
          "one higher for duress, no `duressPin` is given; without either there is none.",
        tags,
        params,
        body: z
          .strictObject({ pin, duressPin: pin.optional() }, { error: "pin, and at most duressPin, as text" })
          .meta({ examples: [{ pin: "4711", duressPin: "8053" }] }),
        response: { 204: z.undefined().describe("Set"), ...problems },
      },
      handler: async (request, reply) => {
        await people.setPin(request.params.id, given(request.body), operatorOf(request));
        return reply.code(204).send();
      },
    });

    app.route({
      method: "DELETE",
      url: "/cardholders/:id/pin",
      config: { access: "changePeople" },
      schema: {
        operationId: "removePin",
        summary: "Take a person's PIN away",
        tags,
        params,
        response: { 204: z.undefined().describe("Removed"), ...problems },
      },
      handler: async (request, reply) => {
        await people.removePin(request.params.id, operatorOf(request));
        return reply.code(204).send();
      },
    });
  };
}
