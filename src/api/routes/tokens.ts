import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { mayBeLent, rights } from "../../domain/operator/rights.ts";
import { wallTime } from "../../domain/time.ts";
import type { Token } from "../../ports/operators.ts";
import { callerOf, operatorOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { problems, recordId, time } from "../field-schemas.ts";
import { notFound, Problem } from "../problem.ts";

const tags = ["operators"];

const year = 366 * 86_400_000;
const mostTokens = 200;

/** Not every right may be lent to a program. */
const lendable = rights.filter(mayBeLent);

const name = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,31}$/,
    "lower-case letters, digits and hyphens, beginning with a letter, at most 32",
  );

const tokenSchema = z.object({
  id: z.string(),
  name: z.string(),
  rights: z.array(z.string()).describe("What it was given; never more in effect than its maker has now"),
  maker: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().nullable().describe("To the minute"),
});

const example = {
  id: "9f0c5a3e-2b0c-4a2b-8a41-6d1f0c1c7f10",
  name: "security-centre",
  rights: ["seeState", "seeEvents", "seeAlarms", "seeDuress"],
  maker: "admin",
  createdAt: "2026-11-21T08:30:00.000Z",
  expiresAt: "2027-11-21T08:30:00.000Z",
  lastUsedAt: null,
};

/** What programs sign in with: `Authorization: Bearer`. */
export function tokenRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const { operators, tokens, services, clock } = context;
  return async (app) => {
    app.route({
      method: "GET",
      url: "/tokens",
      config: { access: "makeTokens" },
      schema: {
        operationId: "listTokens",
        summary: "The programs' tokens",
        description: "One's own; the administrator sees all.",
        tags,
        response: {
          200: z.object({ tokens: z.array(tokenSchema) }).meta({ examples: [{ tokens: [example] }] }),
          ...problems,
        },
      },
      handler: (request) => {
        const { person, rights: own } = callerOf(request);
        const seen = operators.tokens
          .list()
          .filter(({ maker }) => maker === person || own.has("manageOperators"));
        return { tokens: seen.map(view) };
      },
    });

    app.route({
      method: "POST",
      url: "/tokens",
      config: { access: "makeTokens" },
      schema: {
        operationId: "makeToken",
        summary: "Make a token",
        description:
          "The secret is shown once. It has the rights that are given, none that you do not have, and those of a person (override, confirm, operators, tokens) never. It ends with its expiry, with your account, or when it is revoked.",
        tags,
        body: z
          .strictObject({
            name,
            rights: z.array(z.enum(lendable)).min(1).max(lendable.length),
            expires: time.describe("At most a year ahead"),
          })
          .meta({
            examples: [
              {
                name: "security-centre",
                rights: ["seeEvents", "seeAlarms"],
                expires: "2027-11-21T08:30:00Z",
              },
            ],
          }),
        response: {
          201: tokenSchema
            .extend({ secret: z.string() })
            .meta({ examples: [{ ...example, secret: "vst_q83v…" }] }),
          ...problems,
        },
      },
      handler: async (request, reply) => {
        const { name: given, rights: wanted, expires } = request.body;
        const maker = callerOf(request);
        const tooMuch = wanted.filter((right) => !maker.rights.has(right));
        if (tooMuch.length > 0)
          throw new Problem(403, "forbidden", `You do not have these yourself: ${tooMuch.join(", ")}.`);
        const expiresAt = wallTime(Date.parse(expires));
        const ahead = expiresAt - clock.wall();
        if (ahead <= 0 || ahead > year)
          throw new Problem(422, "expiry-refused", "A token ends in the future, within a year.");
        const all = operators.tokens.list();
        if (all.some((token) => token.name === given))
          throw new Problem(409, "name-taken", "There is a token of this name: revoke it first.");
        if (all.length >= mostTokens) throw new Problem(409, "too-many-tokens", "Revoke some tokens first.");
        const operator = operatorOf(request);
        await services.record("TokenMade", { operator, token: given, rights: wanted, expires });
        const { secret, token } = tokens.make(given, wanted, operator, expiresAt);
        return reply.code(201).send({ ...view(token), secret });
      },
    });

    app.route({
      method: "DELETE",
      url: "/tokens/:id",
      config: { access: "makeTokens" },
      schema: {
        operationId: "revokeToken",
        summary: "Revoke a token",
        tags,
        params: z.strictObject({ id: recordId }),
        response: { 204: z.undefined().describe("Revoked"), ...problems },
      },
      handler: async (request, reply) => {
        const { person, rights: own } = callerOf(request);
        const token = operators.tokens.list().find(({ id }) => id === request.params.id);
        if (token === undefined || (token.maker !== person && !own.has("manageOperators")))
          throw notFound("There is no such token of yours.");
        await services.record("TokenRevoked", { operator: operatorOf(request), token: token.name });
        operators.tokens.remove(token.id);
        return reply.code(204).send();
      },
    });
  };
}

const view = ({ createdAt, expiresAt, lastUsedAt, rights: given, ...token }: Token) => ({
  ...token,
  rights: [...given],
  createdAt: new Date(createdAt).toISOString(),
  expiresAt: new Date(expiresAt).toISOString(),
  lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt).toISOString(),
});
