import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { EvidenceAltered, type OpenedEvidence } from "../../ports/evidence-store.ts";
import type { EvidenceAnswer } from "../../ports/services/evidence-services.ts";
import { callerOf, operatorOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import type { Caller } from "../authentication/callers.ts";
import { type ByteRange, rangeOf } from "../byte-range.ts";
import { bytes, problems } from "../field-schemas.ts";
import { notFound, Problem } from "../problem.ts";
import { sees, sightOf } from "../sight.ts";

/** Opened and sent at once; a reader that does not read keeps no more than a few of these. */
const partLength = 256 * 1024;

export function evidenceRoutes(context: ApiContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: "GET",
      url: "/evidence/:hash",
      config: { access: "seeEvidence", screens: true },
      schema: {
        operationId: "getEvidence",
        summary: "A captured picture or clip, by its SHA-256",
        description:
          "That it was looked at, and by whom, is recorded. One byte range may be asked for. 404 where nothing of this hash was ever known, or it is missing without a record of its deletion (`evidence-missing`, which is an alarm); 410 where it was deleted in its time, `prunedAt` says when; 409 where it is not what was kept, which is an alarm.",
        tags: ["pictures"],
        params: z.strictObject({
          hash: z.string().regex(/^[0-9a-f]{64}$/, "a SHA-256 in lower-case hexadecimal"),
        }),
        response: {
          200: {
            description: "The picture or clip",
            content: { "image/jpeg": { schema: bytes }, "video/mp4": { schema: bytes } },
          },
          206: {
            description: "The range that was asked for",
            content: { "image/jpeg": { schema: bytes }, "video/mp4": { schema: bytes } },
          },
          ...problems,
        },
      },
      handler: async (request, reply) => {
        const { hash } = request.params;
        if (!mayLook(context, callerOf(request), hash)) throw notFound(noSuchPicture);
        const answer = await context.services.evidence.open(hash, operatorOf(request));
        const evidence = shown(answer);
        const range = rangeOf(request.headers.range, evidence.size);
        if (range === "unsatisfiable") {
          reply.header("content-range", `bytes */${evidence.size}`);
          throw new Problem(416, "range-not-satisfiable", `It has ${evidence.size} bytes.`);
        }
        return await send(reply, evidence, range);
      },
    });
  };
}

const noSuchPicture = "There is no such picture or clip.";

/** A screen that watches is shown those of the alarms that it shows, and none besides. */
function mayLook({ services }: ApiContext, caller: Caller, hash: string): boolean {
  if (caller.screen === null) return true;
  const sight = sightOf(caller);
  const open = services.alarms().filter((alarm) => sees.alarm(sight, alarm));
  return (
    open.some(({ evidence }) => evidence.includes(hash)) ||
    open.some((alarm) => {
      const cause = services.alarmDesk.cause(alarm);
      return cause !== undefined && sees.record(sight, cause.record) && cause.evidence.includes(hash);
    })
  );
}

function shown(answer: EvidenceAnswer): OpenedEvidence {
  switch (answer.is) {
    case "kept":
      return answer.evidence;
    case "pruned": {
      const prunedAt = new Date(answer.at).toISOString();
      throw new Problem(410, "evidence-pruned", "It was deleted in its time.", { prunedAt });
    }
    case "missing":
      throw new Problem(404, "evidence-missing", "It is missing, and no record says that it was deleted.");
    case "altered":
      throw altered();
    case "unknown":
      throw notFound(noSuchPicture);
  }
}

const altered = (): Problem => new Problem(409, "evidence-altered", "It is not what was kept.");

async function send(
  reply: FastifyReply,
  evidence: OpenedEvidence,
  range: ByteRange | undefined,
): Promise<FastifyReply> {
  const { from, until } = range ?? { from: 0, until: evidence.size };
  // The first part before anything is said: what was altered is refused, not cut short.
  const first = await evidence.read(from, Math.min(from + partLength, until)).catch((error: unknown) => {
    throw error instanceof EvidenceAltered ? altered() : error;
  });
  if (range !== undefined) {
    reply.code(206).header("content-range", `bytes ${from}-${until - 1}/${evidence.size}`);
  }
  return reply
    .header("accept-ranges", "bytes")
    .header("content-length", String(until - from))
    .type(evidence.media)
    .send(Readable.from(parts(evidence, first, from + first.length, until), { highWaterMark: 1 }));
}

async function* parts(evidence: OpenedEvidence, first: Uint8Array, next: number, until: number) {
  yield Buffer.from(first);
  for (let at = next; at < until; at += partLength)
    yield Buffer.from(await evidence.read(at, Math.min(at + partLength, until)));
}
