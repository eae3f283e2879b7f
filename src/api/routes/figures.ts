import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { accessPointNames, doorNames } from "../../domain/names.ts";
import { wallTime } from "../../domain/time.ts";
import { cameraFaults, type FigureResult, type Figures } from "../../ports/services/figure-services.ts";
import { callerOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { configuredName, problems, time } from "../field-schemas.ts";
import { Problem } from "../problem.ts";

/** A leap year and a day of grace: more is asked for year by year. */
const longestDays = 367;

const query = z
  .strictObject({
    from: time.describe("The period's begin; what lies in the future has no figures"),
    to: time.optional().describe("Its end; without it, now"),
    vestibule: configuredName.optional(),
    door: z.enum(doorNames).optional(),
  })
  .refine(({ from, to }) => to === undefined || Date.parse(from) < Date.parse(to), {
    error: "`to` is not after `from`",
    path: ["to"],
  });

const times = z.array(z.int()).readonly();
const milliseconds = z.number().nullable().describe("Milliseconds; null where there was none");

const figuresSchema = z
  .object({
    position: z
      .object({ seq: z.int(), hash: z.string() })
      .describe("The journal's newest record when they were made"),
    verified: z.int().describe("Records read for it, each checked against its hash and the one before"),
    madeAt: z.string(),
    from: z.string(),
    to: z.string(),
    timeZone: z.string(),
    step: z.enum(["hour", "day"]),
    steps: z.array(z.string()).readonly().describe("When each hour or day of the site begins"),
    passages: z
      .array(
        z.object({
          vestibule: z.string(),
          accessPoint: z.enum(accessPointNames),
          taken: times.describe("People who passed, in each of `steps`"),
          byHour: times.describe("The same by the hour of the site's day, 0 to 23"),
          notTaken: z.int().describe("Let through and did not go"),
        }),
      )
      .readonly(),
    denials: z.array(z.object({ reason: z.string(), count: z.int() })).readonly(),
    waiting: z
      .object({
        binWidth: z.number().describe("Milliseconds"),
        bins: times,
        beyond: z.int().describe("Longer than the last bin"),
        count: z.int(),
        median: milliseconds,
        p95: milliseconds,
      })
      .describe("From the card, of whoever came last of a group, to the released door"),
    scores: z
      .array(
        z.object({
          model: z.string(),
          low: z.number().describe("Similarity at the left edge of the first bin"),
          binWidth: z.number(),
          granted: times,
          faceMismatch: times,
          thresholds: z
            .array(z.object({ similarity: z.number(), comparisons: z.int() }))
            .readonly()
            .describe("In the order in which they were in force"),
        }),
      )
      .readonly()
      .describe("Similarities of 1:1 comparisons, of each model by itself"),
    cameras: z
      .array(
        z.object({
          camera: z.string(),
          available: z.number().describe("Share of the period without a fault, 0 to 1"),
          intervals: z
            .array(
              z.object({
                fault: z.enum(cameraFaults),
                from: z.string(),
                to: z.string().nullable().describe("Null: it lasts to the end of the period"),
                before: z.boolean().describe("It had begun before the period"),
              }),
            )
            .readonly(),
          omitted: z.int().describe("Intervals beyond those listed"),
        }),
      )
      .readonly(),
    alarms: z
      .array(
        z.object({
          alarm: z.string(),
          raised: z.int(),
          acknowledged: z.int(),
          median: milliseconds,
          p95: milliseconds,
          longest: milliseconds,
        }),
      )
      .readonly()
      .describe("How often, and how long until somebody acknowledged it"),
  })
  .meta({
    examples: [
      {
        position: { seq: 48_211, hash: "9f2c…" },
        verified: 2_740,
        madeAt: "2026-11-21T08:30:00.000Z",
        from: "2026-11-20T16:00:00.000Z",
        to: "2026-11-20T18:00:00.000Z",
        timeZone: "Asia/Shanghai",
        step: "hour",
        steps: ["2026-11-20T16:00:00.000Z", "2026-11-20T17:00:00.000Z", "2026-11-20T18:00:00.000Z"],
        passages: [
          { vestibule: "v1", accessPoint: "outer-entry", taken: [4, 9, 0], byHour: [4, 9], notTaken: 1 },
        ],
        denials: [{ reason: "faceMismatch", count: 2 }],
        waiting: { binWidth: 250, bins: [0, 3, 8, 2], beyond: 0, count: 13, median: 610, p95: 840 },
        scores: [
          {
            model: "face-api-1.7.15/dlib-resnet/2pass-2cuts-mirror",
            low: 0.92,
            binWidth: 0.002,
            granted: [0, 1, 12],
            faceMismatch: [1, 1, 0],
            thresholds: [{ similarity: 0.942, comparisons: 15 }],
          },
        ],
        cameras: [
          {
            camera: "outer-entry",
            available: 0.998,
            intervals: [
              {
                fault: "CameraLost",
                from: "2026-11-20T16:10:00.000Z",
                to: "2026-11-20T16:12:00.000Z",
                before: false,
              },
            ],
            omitted: 0,
          },
        ],
        alarms: [
          {
            alarm: "DoorHeldOpen",
            raised: 2,
            acknowledged: 2,
            median: 21_000,
            p95: 40_500,
            longest: 40_500,
          },
        ],
      },
    ],
  });

export function figureRoutes({ services, clock }: ApiContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: "GET",
      url: "/figures",
      config: { access: "seeReports" },
      schema: {
        operationId: "getFigures",
        summary: "What happened in a period, in figures: for charts",
        description: `Passages, denials, waiting times, similarities, cameras and alarms of at most ${longestDays} days, by the site's time zone; names no person. Made from the journal's records, each checked against its hash; the same again within a minute is the same answer. 409 where the journal is not what was written; 429 while figures of another period are made.`,
        tags: ["reports"],
        querystring: query,
        response: { 200: figuresSchema, ...problems },
      },
      handler: async (request, reply) => {
        const { figures } = services;
        if (figures === undefined) {
          throw new Problem(
            503,
            "no-reports",
            "This controller keeps no files that figures could be made from.",
          );
        }
        const { from, to, vestibule, door } = request.query;
        const asked = {
          from: wallTime(Date.parse(from)),
          to: to === undefined ? undefined : wallTime(Date.parse(to)),
          vestibule,
          door,
        };
        refuseUnlessBounded(asked.from, asked.to ?? clock.wall(), clock.wall());
        const gone = new AbortController();
        reply.raw.once("close", () => gone.abort());
        let result: FigureResult;
        try {
          result = await figures.make(asked, gone.signal);
        } catch (error) {
          if (gone.signal.aborted) return reply.hijack(); // nobody is there to answer to
          throw error;
        }
        return answerOf(result, callerOf(request).seesDuress);
      },
    });
  };
}

function refuseUnlessBounded(from: number, to: number, now: number): void {
  if (from >= now) throw new Problem(400, "period-to-come", "The period has not begun yet.");
  if (to - from > longestDays * 86_400_000) {
    throw new Problem(400, "period-too-long", `Figures are of at most ${longestDays} days.`, {
      most: longestDays,
    });
  }
}

function answerOf(result: FigureResult, seesDuress: boolean) {
  switch (result.is) {
    case "made":
      return written(result.figures, seesDuress);
    case "busy":
      throw new Problem(
        429,
        "figures-under-way",
        "Figures of another period are being made; ask again soon.",
        {
          retryAfterSeconds: 2,
        },
      );
    case "unverified":
      throw new Problem(
        409,
        "journal-altered",
        `The journal is not what was written: ${result.detail}. No figures are made from it.`,
        { seq: result.seq },
      );
    case "tooSlow":
      throw new Problem(
        503,
        "figures-too-slow",
        `They were not made within ${result.seconds} seconds. Ask for a shorter period.`,
      );
  }
}

/** Times as the world outside writes them; of duress nothing but to who may know (A5). */
const written = ({ madeAt, from, to, steps, cameras, alarms, ...others }: Figures, seesDuress: boolean) => ({
  ...others,
  madeAt: iso(madeAt),
  from: iso(from),
  to: iso(to),
  steps: steps.map(iso),
  cameras: cameras.map(({ intervals, ...camera }) => ({
    ...camera,
    intervals: intervals.map((one) => ({
      ...one,
      from: iso(one.from),
      to: one.to === null ? null : iso(one.to),
    })),
  })),
  alarms: seesDuress ? alarms : alarms.filter(({ alarm }) => alarm !== "Duress"),
});

const iso = (wall: number): string => new Date(wall).toISOString();
