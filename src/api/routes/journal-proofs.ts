import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { NoProof } from "../../ports/journal-proofs.ts";
import type { ProofServices } from "../../ports/services/proof-services.ts";
import type { ApiContext } from "../api-options.ts";
import { problems } from "../field-schemas.ts";
import { notFound } from "../problem.ts";

const checkpointSchema = z
  .object({
    size: z.int(),
    note: z.string().describe("A C2SP signed note: origin, size, root, an empty line, signatures"),
    witnessed: z
      .object({ size: z.int(), note: z.string(), cosignatures: z.string() })
      .nullable()
      .describe("The newest that the witness has cosigned"),
  })
  .meta({
    examples: [
      {
        size: 42,
        note: "vestibule/demo\n42\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— vestibule/demo Az3g…\n",
        witnessed: null,
      },
    ],
  });

const hashes = z.array(z.string()).readonly().describe("Base64; RFC 6962");

const inclusionSchema = z
  .object({
    seq: z.int(),
    size: z.int(),
    leaf: z.string().describe("The leaf: its hash is SHA-256 over a zero byte and this text"),
    salt: z.string().optional().describe("Hexadecimal: with the record it gives the leaf's last line"),
    root: z.string(),
    proof: hashes,
  })
  .meta({
    examples: [
      {
        seq: 2,
        size: 3,
        leaf: 'vestibule record 1\n{"at":5,"boot":"b","seq":2,"type":"AccessGranted","version":1,"wall":1}\n9f2c…',
        salt: "00112233445566778899aabbccddeeff",
        root: "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
        proof: ["lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c="],
      },
    ],
  });

const consistencySchema = z
  .object({ from: z.int(), to: z.int(), fromRoot: z.string(), toRoot: z.string(), proof: hashes })
  .meta({
    examples: [
      {
        from: 1,
        to: 2,
        fromRoot: "bjQLnP+zepicpUTmu3gKLHiQH5+zNzh2hRGjBhevoB0=",
        toRoot: "+sVCA+fMaWzw38tCySodnbr3Ctnmic9NjWZi8A48ElU=",
        proof: ["lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c="],
      },
    ],
  });

const place = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** What proves the journal to somebody elsewhere. */
export function journalProofRoutes({ services }: ApiContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: "GET",
      url: "/journal/key",
      config: { access: "verifyJournal" },
      schema: {
        operationId: "getJournalKey",
        summary: "The public key that the journal is signed with, as NAME+ID+KEY",
        tags: ["journal"],
        response: {
          200: z.object({ key: z.string() }).meta({ examples: [{ key: "vestibule/demo+c74f20a3+ARpc…" }] }),
          ...problems,
        },
      },
      handler: () => ({ key: proofsOf(services.proofs).key() }),
    });
    app.route({
      method: "GET",
      url: "/journal/checkpoint",
      config: { access: "verifyJournal" },
      schema: {
        operationId: "getCheckpoint",
        summary: "The newest signed state of the journal, and the newest that a witness has cosigned",
        tags: ["journal"],
        response: { 200: checkpointSchema, ...problems },
      },
      handler: () => {
        const proofs = proofsOf(services.proofs);
        const checkpoint = proofs.checkpoint();
        if (checkpoint === undefined) throw notFound("nothing is signed yet");
        return { ...checkpoint, witnessed: proofs.witnessed() ?? null };
      },
    });
    app.route({
      method: "GET",
      url: "/journal/proof/inclusion",
      config: { access: "verifyJournal" },
      schema: {
        operationId: "proveInclusion",
        summary: "That a record is among those of a signed state",
        tags: ["journal"],
        querystring: z.strictObject({
          seq: place,
          size: place.optional().describe("Default: the newest checkpoint's"),
        }),
        response: { 200: inclusionSchema, ...problems },
      },
      handler: ({ query: { seq, size } }) => proven(() => proofsOf(services.proofs).inclusion(seq, size)),
    });
    app.route({
      method: "GET",
      url: "/journal/proof/consistency",
      config: { access: "verifyJournal" },
      schema: {
        operationId: "proveConsistency",
        summary: "That one state of the journal goes on from another",
        tags: ["journal"],
        querystring: z.strictObject({ from: place, to: place }),
        response: { 200: consistencySchema, ...problems },
      },
      handler: ({ query: { from, to } }) => proven(() => proofsOf(services.proofs).consistency(from, to)),
    });
  };
}

function proofsOf(proofs: ProofServices | undefined): ProofServices {
  if (proofs === undefined) throw notFound("nothing signs this journal");
  return proofs;
}

function proven<Proof>(prove: () => Proof): Proof {
  try {
    return prove();
  } catch (error) {
    if (error instanceof NoProof) throw notFound(error.message);
    throw error;
  }
}
