import type { FastifyRequest } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { AlarmRecord } from "../../domain/alarm/alarm.ts";
import { byUrgency, mostComments, needsComment, type ShelvingFault } from "../../domain/alarm/kinds.ts";
import { wallTime } from "../../domain/time.ts";
import { recordView } from "../../ports/record-view.ts";
import type { AlarmCause } from "../../ports/services/alarm-services.ts";
import { callerOf, operatorOf } from "../access-control.ts";
import { alarmId, alarmQuery, alarmSchema, comment, historySchema, shelving } from "../alarm-schema.ts";
import type { ApiContext } from "../api-options.ts";
import { problems } from "../field-schemas.ts";
import { notFound, Problem } from "../problem.ts";
import { type Sight, sees, sightOf } from "../sight.ts";
import { alarmView } from "../views.ts";

const tags = ["alarms"];
const params = z.strictObject({ id: alarmId });
const answers = { 200: alarmSchema, ...problems };

export function alarmRoutes(context: ApiContext): FastifyPluginAsyncZod {
  const { services } = context;
  const desk = services.alarmDesk;
  /** What this caller may know of: to a console at the box an alarm of duress is none (A5). */
  const visible = (request: FastifyRequest): readonly AlarmRecord[] => {
    const sight = sightOf(callerOf(request));
    return services.alarms().filter((alarm) => sees.alarm(sight, alarm));
  };
  const open = (request: FastifyRequest, id: string): AlarmRecord => {
    const found = visible(request).find((alarm) => alarm.id === id);
    if (found === undefined) throw notOpen();
    return found;
  };
  return async (app) => {
    app.route({
      method: "GET",
      url: "/alarms",
      config: { access: "seeAlarms", screens: true },
      schema: {
        operationId: "listAlarms",
        summary: "The alarms that are not over, not acknowledged, or shelved",
        description: "By priority, then those nobody has acknowledged, then the newest; shelved ones last.",
        tags,
        querystring: alarmQuery,
        response: {
          200: z.object({ alarms: z.array(alarmSchema) }).meta({ examples: [{ alarms: [] }] }),
          ...problems,
        },
      },
      handler: (request) => {
        const { state, priority, shelved } = request.query;
        const wanted = (alarm: AlarmRecord): boolean =>
          (state === undefined || alarm.phase === state) &&
          (priority === undefined || alarm.priority === priority) &&
          (shelved === undefined || (alarm.shelved !== null) === shelved);
        return { alarms: visible(request).filter(wanted).toSorted(byUrgency).map(alarmView) };
      },
    });

    app.route({
      method: "GET",
      url: "/alarms/:id",
      config: { access: "seeAlarms", screens: true },
      schema: {
        operationId: "getAlarm",
        summary: "An open alarm with what is on record of it, newest first",
        description:
          "Also from before it was last normal: the newest 200 records of each kind. `cause` is the record of whoever raised it last, where one is known.",
        tags,
        params,
        response: { 200: historySchema, ...problems },
      },
      handler: (request) => {
        const alarm = open(request, request.params.id);
        const sight = sightOf(callerOf(request));
        const history = desk.history(alarm).filter((record) => sees.record(sight, record));
        const cameras = services.cameras.concerned(alarm.place);
        return {
          ...alarmView(alarm),
          history: history.map(recordView),
          cameras: [...cameras],
          cause: causeView(desk.cause(alarm), sight),
        };
      },
    });

    app.route({
      method: "POST",
      url: "/alarms/:id/acknowledge",
      config: { access: "acknowledgeAlarms" },
      schema: {
        operationId: "acknowledgeAlarm",
        summary: "Acknowledge an alarm",
        description:
          "A comment is required where the alarm's `needsComment` says so: nothing else ends Duress, InterlockViolated, EmergencyRelease and Tampered.",
        tags,
        params,
        body: z
          .strictObject({ comment: comment.default("") })
          .nullish()
          .meta({ examples: [{ comment: "Guard checked the outer door, nobody there." }] }),
        response: answers,
      },
      handler: async (request) => {
        const { id } = request.params;
        const text = request.body?.comment ?? "";
        const { type } = open(request, id);
        if (needsComment(type) && text.trim() === "")
          throw new Problem(422, "comment-required", `${type} is acknowledged only with a comment.`);
        return viewOf(await services.acknowledge(id, operatorOf(request), text));
      },
    });

    app.route({
      method: "POST",
      url: "/alarms/:id/shelve",
      config: { access: "shelveAlarms" },
      schema: {
        operationId: "shelveAlarm",
        summary: "Put an alarm aside for a while",
        description: `It goes on and counts, and demands nobody's attention until then. At most ${desk.longestShelving / 60_000} minutes at a time; where \`shelvable\` is false, never: what is critical, tampering, a person detained, and attacks.`,
        tags,
        params,
        body: shelving,
        response: answers,
      },
      handler: async (request) => {
        const { id } = request.params;
        const { type } = open(request, id);
        const { until, minutes = 0, reason } = request.body;
        const end = until === undefined ? context.clock.wall() + minutes * 60_000 : Date.parse(until);
        const outcome = await desk.shelve(id, operatorOf(request), wallTime(end), reason);
        if (outcome.is === "shelved") return alarmView(outcome.alarm);
        if (outcome.fault === "notOpen") throw notOpen();
        throw refusedShelving(outcome.fault, type, desk.longestShelving / 60_000);
      },
    });

    app.route({
      method: "DELETE",
      url: "/alarms/:id/shelve",
      config: { access: "shelveAlarms" },
      schema: {
        operationId: "unshelveAlarm",
        summary: "Take a shelved alarm back",
        tags,
        params,
        response: answers,
      },
      handler: async (request) => {
        const { id } = request.params;
        if (open(request, id).shelved === null)
          throw new Problem(409, "not-shelved", "This alarm is not shelved.");
        return viewOf(await desk.unshelve(id, operatorOf(request)));
      },
    });

    app.route({
      method: "POST",
      url: "/alarms/:id/comments",
      config: { access: "commentAlarms" },
      schema: {
        operationId: "commentOnAlarm",
        summary: "Write down what you know of an alarm",
        description: `Every comment is kept with who and when. At most ${mostComments} on one alarm.`,
        tags,
        params,
        body: z
          .strictObject({ text: comment.refine((text) => text.trim() !== "", "not only spaces") })
          .meta({ examples: [{ text: "The cleaner wedged the door; on the way." }] }),
        response: answers,
      },
      handler: async (request) => {
        const { id } = request.params;
        if (open(request, id).comments.length >= mostComments)
          throw new Problem(409, "too-many-comments", `${mostComments} comments are on this alarm already.`);
        return viewOf(await desk.comment(id, operatorOf(request), request.body.text));
      },
    });
  };
}

const notOpen = (): Problem => notFound("No such alarm is open.");

/** Left out where the record behind it is not theirs to see. */
function causeView(cause: AlarmCause | undefined, sight: Sight) {
  if (cause === undefined || !sees.record(sight, cause.record)) return null;
  return { event: recordView(cause.record), pictures: [...cause.evidence] };
}

function viewOf(alarm: AlarmRecord | undefined) {
  if (alarm === undefined) throw notOpen();
  return alarmView(alarm);
}

function refusedShelving(fault: ShelvingFault, type: string, longest: number): Problem {
  switch (fault) {
    case "notShelvable":
      return new Problem(422, "not-shelvable", `${type} cannot be shelved.`);
    case "noReason":
      return new Problem(422, "reason-required", "An alarm is shelved only with a reason.");
    case "past":
      return new Problem(422, "shelving-over", "The time until which it is shelved has passed.");
    case "tooLong":
      return new Problem(422, "shelving-too-long", `An alarm is shelved for ${longest} minutes at most.`, {
        longestMinutes: longest,
      });
  }
}
