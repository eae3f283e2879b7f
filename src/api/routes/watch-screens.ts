import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { WatchChoice, WatchScreen } from "../../ports/watch-screens.ts";
import { callerOf, operatorOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { mostScreens } from "../authentication/screen-sign-in.ts";
import { rightsOfScreen } from "../authentication/watch-callers.ts";
import { configuredName, line, problems, recordId } from "../field-schemas.ts";
import { waitingSchema, withSecondOperator } from "../four-eyes.ts";
import { notFound, Problem } from "../problem.ts";
import { typedCode, waitingFor } from "../screen-pairing.ts";

const tags = ["display"];
const access = "manageWatchScreens";
const config = { access } as const;

const name = line(60);
/** As many as a controller runs. */
const vestibules = z
  .array(configuredName)
  .min(1)
  .max(8)
  .nullable()
  .describe("The door pairs it shows beside what is the site's; null: all there are, and will be");
const pictures = z.boolean().describe("The pictures kept with the alarms that it shows");

const screenSchema = z.object({
  id: z.string(),
  name: z.string(),
  vestibules: z.array(z.string()).readonly().nullable(),
  pictures: z.boolean(),
  duress: z
    .boolean()
    .describe("Whether it is shown that somebody acts under duress (never at the box itself)"),
  online: z.boolean().describe("Whether it is being told what happens"),
  pairedBy: z.string(),
  pairedAt: z.string(),
  lastSeenAt: z.string().nullable().describe("To the minute"),
});

const example = {
  ...{ id: "5c0e9b0e-7d55-4b0e-9d4e-1f0a2f6f5b11", name: "Centre, left wall", vestibules: null },
  ...{ pictures: true, duress: false, online: true, pairedBy: "admin" },
  ...{ pairedAt: "2026-11-21T08:30:00.000Z", lastSeenAt: "2026-11-21T09:12:00.000Z" },
};

/** The screens that watch with nobody signed in, as operators keep them. */
export function watchScreensRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const { services, watchScreens, watchStore, streams } = context;
  const view = (screen: WatchScreen) => ({
    ...screen,
    online: streams.isOpenFor(screen.id),
    pairedAt: new Date(screen.pairedAt).toISOString(),
    lastSeenAt: screen.lastSeenAt === null ? null : new Date(screen.lastSeenAt).toISOString(),
  });
  const find = (id: string) => watchStore.list().find((one) => one.id === id);
  const existing = (id: string): WatchScreen => {
    const screen = find(id);
    if (screen === undefined) throw notFound("There is no such screen.");
    return screen;
  };
  const requireFreeName = (wanted: string, own?: string): void => {
    if (watchStore.list().some((one) => one.name === wanted && one.id !== own))
      throw new Problem(409, "name-taken", "Another screen has this name.");
  };
  const requireKnown = ({ vestibules: wanted }: Pick<WatchChoice, "vestibules">): void => {
    const there = services.state().vestibules.map(({ id }) => id);
    if (wanted?.some((id) => !there.includes(id)) === true) throw notFound("The site has no such door pair.");
  };

  return async (app) => {
    app.route({
      method: "GET",
      url: "/watch-screens",
      config,
      schema: {
        operationId: "listWatchScreens",
        summary: "The screens that watch with nobody signed in",
        tags,
        response: {
          200: z.object({ screens: z.array(screenSchema) }).meta({ examples: [{ screens: [example] }] }),
          ...problems,
        },
      },
      handler: () => ({ screens: watchStore.list().map(view) }),
    });

    app.route({
      method: "POST",
      url: "/watch-screens",
      config,
      schema: {
        operationId: "pairWatchScreen",
        summary: "Let the screen that shows this code watch with nobody signed in",
        description:
          "The code is good for ten minutes and once. It is not shown duress: that is a change of its own, which may take a second operator. Nobody gives a screen what is not theirs.",
        tags,
        body: z
          .strictObject({
            code: typedCode,
            name,
            vestibules: vestibules.default(null),
            pictures: pictures.default(false),
          })
          .meta({ examples: [{ code: "K7M4-XW2P", name: "Centre, left wall", pictures: true }] }),
        response: { 201: screenSchema.meta({ examples: [example] }), ...problems },
      },
      handler: async (request, reply) => {
        const { code, name: called, ...chosen } = request.body;
        const choice = { ...chosen, duress: false };
        requireKnown(choice);
        requireOwn(request, choice);
        requireFreeName(called);
        if (watchStore.list().length >= mostScreens)
          throw new Problem(409, "too-many-displays", `There are ${mostScreens} screens: unpair one first.`);
        const waiting = waitingFor(code, watchScreens);
        const operator = operatorOf(request);
        await services.record("WatchScreenPaired", { operator, screen: called, ...facts(choice) });
        const screen = watchScreens.pair(waiting, { name: called, operator }, (paired) => ({
          ...paired,
          ...choice,
        }));
        return reply.code(201).send(view(screen));
      },
    });

    app.route({
      method: "PATCH",
      url: "/watch-screens/:id",
      config,
      schema: {
        operationId: "changeWatchScreen",
        summary: "Call a screen something else, or let it show more or less",
        description:
          "In force at once: the screen is told anew. Showing it duress raises ConfigurationChanged, and takes a second operator where four-eyes is in force: 202, and nothing of what was asked is changed yet.",
        tags,
        params: z.strictObject({ id: recordId }),
        body: z
          .strictObject({
            name: name.optional(),
            vestibules: vestibules.optional(),
            pictures: pictures.optional(),
            duress: z.boolean().optional(),
          })
          .meta({ examples: [{ duress: true }] }),
        response: {
          200: screenSchema.meta({ examples: [example] }),
          202: waitingSchema,
          ...problems,
        },
      },
      handler: async (request, reply) => {
        const before = existing(request.params.id);
        const { body } = request;
        const wanted = {
          name: body.name ?? before.name,
          vestibules: body.vestibules === undefined ? before.vestibules : body.vestibules,
          pictures: body.pictures ?? before.pictures,
          duress: body.duress ?? before.duress,
        };
        requireKnown(wanted);
        requireOwn(request, wanted);
        requireFreeName(wanted.name, before.id);
        if (!showsMoreDuress(before, wanted)) {
          await change(before, wanted, { operator: operatorOf(request), confirmedBy: null });
          return view(existing(before.id));
        }
        const outcome = await withSecondOperator(context, request, {
          action: "showDuress",
          right: access,
          subject: { name: wanted.name },
          before: facts(before),
          after: facts(wanted),
          weakens: [showsDuress],
          alarm: `watch screen ${wanted.name} shows duress`,
          unchanged: () => JSON.stringify(choiceOf(find(before.id))) === JSON.stringify(choiceOf(before)),
          execute: async (by) => await change(before, wanted, by),
        });
        if (outcome.is === "waiting") return reply.code(202).send(outcome.body);
        return view(existing(before.id));
      },
    });

    app.route({
      method: "DELETE",
      url: "/watch-screens/:id",
      config,
      schema: {
        operationId: "unpairWatchScreen",
        summary: "Take a screen's pairing back: at once it is told nothing more",
        tags,
        params: z.strictObject({ id: recordId }),
        response: { 204: z.undefined().describe("Unpaired"), ...problems },
      },
      handler: async (request, reply) => {
        const { id, name: screen } = existing(request.params.id);
        await services.record("WatchScreenUnpaired", { operator: operatorOf(request), screen });
        watchStore.remove(id);
        streams.review();
        return reply.code(204).send();
      },
    });
  };

  async function change(
    { id, name: former }: WatchScreen,
    wanted: WatchChoice & Pick<WatchScreen, "name">,
    { operator, confirmedBy }: { readonly operator: string; readonly confirmedBy: string | null },
  ): Promise<void> {
    requireFreeName(wanted.name, id);
    const by = confirmedBy === null ? { operator } : { operator, confirmedBy };
    const named = wanted.name === former ? { screen: wanted.name } : { screen: wanted.name, former };
    await services.record("WatchScreenChanged", { ...by, ...named, ...facts(wanted) });
    watchStore.change(id, wanted);
    streams.review();
  }
}

/** What the record says of it, and whoever confirms it is shown. */
const facts = ({ vestibules: shown, pictures, duress }: WatchChoice) => ({
  shows: shown === null ? "all" : shown.join(" "),
  pictures,
  duress,
});

const choiceOf = (screen: WatchScreen | undefined) =>
  screen === undefined ? null : [screen.name, facts(screen)];

/** For the first time, or of door pairs of which it did not: either is what a second operator confirms. */
function showsMoreDuress(before: WatchChoice, wanted: WatchChoice): boolean {
  const isCovered =
    before.vestibules === null ||
    (wanted.vestibules?.every((id) => before.vestibules?.includes(id) === true) ?? false);
  return wanted.duress && !(before.duress && isCovered);
}

/** Nobody gives a screen what they may not see themselves. */
function requireOwn(request: FastifyRequest, choice: WatchChoice): void {
  const { rights } = callerOf(request);
  const missing = [...rightsOfScreen(choice)].filter((right) => !rights.has(right));
  if (missing.length > 0)
    throw new Problem(403, "forbidden", `You do not have these yourself: ${missing.join(", ")}.`);
}

const showsDuress = {
  en: "Everybody who can see this screen sees that somebody acts under duress, with nobody signed in",
  zh: "任何能看到该屏幕的人，无需登录即可看到有人被胁迫",
};
