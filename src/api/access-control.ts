import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Right } from "../domain/operator/rights.ts";
import type { PairedDisplay } from "../ports/paired-displays.ts";
import type { WatchScreen } from "../ports/watch-screens.ts";
import type { ApiContext } from "./api-options.ts";
import { type Caller, callerOf as identified } from "./authentication/callers.ts";
import { presentedScreen } from "./authentication/screen-cookies.ts";
import type { ActiveSession } from "./authentication/sessions.ts";
import { asksAsScreen, watchCallerOf } from "./authentication/watch-callers.ts";
import { originFault } from "./origin.ts";
import { Problem } from "./problem.ts";
import { Refusals } from "./refusals.ts";

/**
 * Who may call a route; every one says so, or the program does not start. A right: sessions and tokens that have it.
 * `operator`: whoever is logged in, about themselves. `pending`: also before a one-time password is changed, or a
 * second factor set up. `display`: a screen at a door that is paired, and nobody else; what it signs in with opens
 * nothing but these. `watch`: a screen that watches and is paired, about itself.
 */
export type RouteAccess = "public" | "display" | "watch" | "pending" | "operator" | Right;

declare module "fastify" {
  interface FastifyContextConfig {
    readonly access?: RouteAccess;
    /** A page left open asks this by itself: that somebody is there does not follow, and the session ages on. */
    readonly watches?: boolean;
    /** A paired screen that watches may ask it too, as far as its rights go; of every other route it is refused. */
    readonly screens?: boolean;
  }
  interface FastifyRequest {
    caller: Caller | null;
    display: PairedDisplay | null;
  }
}

/** Every request under `/api/v1` passes here before its body is read. */
export function controlAccess(app: FastifyInstance, context: ApiContext): void {
  const refusals = new Refusals(context.services, context.clock);
  app.decorateRequest("caller", null);
  app.decorateRequest("display", null);
  app.addHook("onRequest", async (request) => {
    const fault = originFault(request, context.config);
    if (fault !== undefined) throw fault;
    const { access } = request.routeOptions.config;
    if (access === "public") return;
    if (access === "display") {
      request.display = pairedDisplay(request, context);
      return;
    }
    const caller = callerFor(request, context);
    request.caller = caller;
    if (access === "watch") return;
    if (access !== "pending") requireReady(caller);
    if (access === undefined || access === "pending" || access === "operator") {
      if (caller.session === null) throw personal();
    } else if (!caller.rights.has(access)) {
      await refusals.note(caller.name, access);
      throw new Problem(403, "forbidden", `This needs the right ${access}.`, { right: access });
    }
  });
}

function callerFor(request: FastifyRequest, context: ApiContext): Caller {
  const { access, screens } = request.routeOptions.config;
  if (access === "watch") return watchCallerOf(request, context);
  if (!asksAsScreen(request)) return identified(request, context);
  if (screens === true) return watchCallerOf(request, context);
  throw new Problem(401, "authentication-required", "A screen that watches is not answered here: log in.");
}

function requireReady({ pending }: Caller): void {
  if (pending === "password") {
    throw new Problem(
      403,
      "password-change-required",
      "This password was for one time only: POST /api/v1/session/password first.",
    );
  }
  if (pending === "secondFactor") {
    throw new Problem(
      403,
      "second-factor-setup-required",
      "This role signs in with a second factor: POST /api/v1/session/second-factor first.",
    );
  }
}

const personal = (): Problem =>
  new Problem(403, "session-required", "This is a person's: a token does not do, log in.");

function pairedDisplay(request: FastifyRequest, context: ApiContext): PairedDisplay {
  const display = context.displays.use(presentedScreen(request, "display", context));
  if (display === undefined)
    throw new Problem(
      401,
      "authentication-required",
      "This screen belongs to no door: POST /api/v1/display/pairing.",
    );
  return display;
}

/** The screen that asks, on its own routes: access control has seen to it. */
export function displayOf(request: FastifyRequest): PairedDisplay {
  if (request.display === null) throw new Error(`route ${request.url} runs without a display`);
  return request.display;
}

/** The caller of a route that is not public: access control has seen to it. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new Error(`route ${request.url} runs without a caller`);
  return request.caller;
}

/** The screen that watches, on its own routes: access control has seen to it. */
export function watchScreenOf(request: FastifyRequest): WatchScreen {
  const { screen } = callerOf(request);
  if (screen === null) throw new Error(`route ${request.url} runs without a screen`);
  return screen;
}

/** The session of a person's own route. */
export function sessionOf(request: FastifyRequest): ActiveSession {
  const { session } = callerOf(request);
  if (session === null) throw personal();
  return session;
}

/** As records name who did it: the operator, `token:NAME` or `screen:NAME`. */
export const operatorOf = (request: FastifyRequest): string => callerOf(request).name;
