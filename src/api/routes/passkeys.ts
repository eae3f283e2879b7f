import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { Passkey } from "../../ports/operators.ts";
import { sessionOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { Passkeys } from "../authentication/passkeys.ts";
import { hasSecondFactor } from "../authentication/second-factor.ts";
import {
  checkedOperator,
  existing,
  logIn,
  openSession,
  recordFailure,
  requireNoWait,
  signedInOperator,
} from "../authentication/sign-in.ts";
import { line, problems } from "../field-schemas.ts";
import { notFound, Problem } from "../problem.ts";
import { password, secondFactorCode, sessionSchema } from "./session.ts";

const tags = ["session"];

/** As browsers make it; what is in it is checked by whoever verifies it. */
const credential = z.looseObject({
  id: z.string().min(1).max(1024),
  rawId: z.string().min(1).max(1024),
  type: z.literal("public-key"),
  response: z.looseObject({ clientDataJSON: z.string().max(8192) }),
  clientExtensionResults: z.looseObject({}).default({}),
});

const optionsSchema = z.looseObject({ challenge: z.string() }).meta({
  description: "For the browser: PublicKeyCredential options as JSON",
  examples: [{ challenge: "q83v…" }],
});

const passkeySchema = z
  .object({ id: z.string(), name: z.string(), createdAt: z.string() })
  .meta({ examples: [{ id: "q83v…", name: "phone", createdAt: "2026-11-21T08:30:00.000Z" }] });

const example = {
  id: "q83v…",
  rawId: "q83v…",
  type: "public-key",
  response: { clientDataJSON: "e30" },
} as const;

/** Passkeys (WebAuthn); only where the site has a domain name to bind them to. */
export function passkeyRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const { operators, services, settings, clock } = context;
  const passkeys =
    settings.passkeys === undefined ? undefined : new Passkeys(settings.passkeys, operators, clock);
  const configured = (): Passkeys => {
    if (passkeys !== undefined) return passkeys;
    throw new Problem(
      409,
      "no-passkeys",
      "Passkeys are bound to a domain name, and this site has none: set operators.passkeys.",
    );
  };
  return async (app) => {
    app.route({
      method: "GET",
      url: "/session/passkeys",
      config: { access: "pending" },
      schema: {
        operationId: "listPasskeys",
        summary: "The own passkeys",
        tags,
        response: {
          200: z
            .object({ available: z.boolean(), passkeys: z.array(passkeySchema) })
            .meta({ examples: [{ available: true, passkeys: [] }] }),
          ...problems,
        },
      },
      handler: (request) => ({
        available: passkeys !== undefined,
        passkeys: operators.passkeys.of(sessionOf(request).username).map(view),
      }),
    });

    app.route({
      method: "POST",
      url: "/session/passkeys/options",
      config: { access: "pending" },
      schema: {
        operationId: "beginPasskey",
        summary: "Begin to register a passkey",
        description: "With the password, and a code where an authenticator app is set up.",
        tags,
        body: z
          .strictObject({ password, code: secondFactorCode.optional() })
          .meta({ examples: [{ password: "correct horse battery" }] }),
        response: { 200: optionsSchema, ...problems },
      },
      handler: async (request) => {
        const keys = configured();
        const { username } = sessionOf(request);
        if (existing(context, username).mustChangePassword)
          throw new Problem(403, "password-change-required", "Change the one-time password first.");
        if (hasSecondFactor(context, username))
          await signedInOperator(context, request, { username, ...request.body });
        else await checkedOperator(context, request, username, request.body.password);
        return { ...(await keys.registrationOptions(username, services.state().site.id)) };
      },
    });

    app.route({
      method: "POST",
      url: "/session/passkeys",
      config: { access: "pending" },
      schema: {
        operationId: "addPasskey",
        summary: "Register a passkey",
        description: "Ends every session of this operator and opens a new one.",
        tags,
        body: z
          .strictObject({ name: line(40), credential })
          .meta({ examples: [{ name: "phone", credential: example }] }),
        response: { 200: sessionSchema, ...problems },
      },
      handler: async (request, reply) => {
        const { username } = sessionOf(request);
        const { name, credential: given } = request.body;
        // Checked by the library, which refuses what is not of this form.
        const response = given as unknown as RegistrationResponseJSON;
        const passkey = await configured().register(username, name, response);
        if (passkey === undefined)
          throw new Problem(422, "passkey-refused", "This passkey could not be verified; begin again.");
        await services.record("PasskeyAdded", { operator: username, passkey: passkey.id });
        context.sessions.revokeAllOf(username);
        return openSession(context, request, reply, existing(context, username));
      },
    });

    app.route({
      method: "DELETE",
      url: "/session/passkeys/:id",
      config: { access: "operator" },
      schema: {
        operationId: "removePasskey",
        summary: "Remove a passkey of one's own",
        tags,
        params: z.strictObject({ id: z.string().regex(/^[A-Za-z0-9_-]{1,1024}$/, "a passkey's id") }),
        response: { 204: z.undefined().describe("Removed"), ...problems },
      },
      handler: async (request, reply) => {
        const { username } = sessionOf(request);
        const { id } = request.params;
        if (operators.passkeys.get(id)?.username !== username) throw notFound("You have no such passkey.");
        await services.record("PasskeyRemoved", { operator: username, passkey: id });
        operators.passkeys.remove(id);
        return reply.code(204).send();
      },
    });

    app.route({
      method: "POST",
      url: "/session/passkey-options",
      config: { access: "public" },
      schema: {
        operationId: "beginPasskeyLogIn",
        summary: "Begin to sign in with a passkey",
        tags,
        security: [],
        response: { 200: optionsSchema, ...problems },
      },
      handler: async () => ({ ...(await configured().signInOptions()) }),
    });

    app.route({
      method: "POST",
      url: "/session/passkey",
      config: { access: "public" },
      schema: {
        operationId: "logInWithPasskey",
        summary: "Sign in with a passkey",
        description: "It counts as both factors: the authenticator has verified the person.",
        tags,
        security: [],
        body: z.strictObject({ credential }).meta({ examples: [{ credential: example }] }),
        response: { 200: sessionSchema, ...problems },
      },
      handler: async (request, reply) => {
        const keys = configured();
        // By address alone: nobody keeps an operator out by sending rubbish.
        const guesser = `passkey@${request.ip}`;
        await requireNoWait(context, guesser, request.ip);
        context.throttle.began(guesser, request.ip);
        const given = request.body.credential as unknown as AuthenticationResponseJSON; // as above
        const username = await keys.signedIn(given);
        const operator = username === undefined ? undefined : operators.find(username);
        if (operator === undefined || operator.disabled) {
          await recordFailure(context, username ?? "", request.ip, "wrongPasskey");
          throw new Problem(401, "login-failed", "This passkey opens nothing here.");
        }
        context.throttle.succeeded(guesser, request.ip);
        return await logIn(context, request, reply, operator);
      },
    });
  };
}

const view = ({ id, name, createdAt }: Passkey) => ({
  id,
  name,
  createdAt: new Date(createdAt).toISOString(),
});
