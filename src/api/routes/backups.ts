import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import { BackupFault } from "../../ports/backup.ts";
import type { BackupServices } from "../../ports/services/backup-services.ts";
import { operatorOf } from "../access-control.ts";
import type { ApiContext } from "../api-options.ts";
import { problems } from "../field-schemas.ts";
import { Problem } from "../problem.ts";
import { backupViewSchema } from "../state-schema.ts";

const fileSchema = z.object({ file: z.string(), bytes: z.int(), madeAt: z.string() });

const listSchema = backupViewSchema
  .extend({
    files: z.array(fileSchema).readonly().describe("In the configured directory, newest first"),
    fault: z.string().nullable().describe("Why the directory cannot be read"),
  })
  .meta({
    examples: [
      {
        last: { madeAt: "2026-11-21T19:30:00.000Z", bytes: 61_204_480, record: 48_211 },
        next: "2026-11-22T19:30:00.000Z",
        running: false,
        overdue: false,
        files: [
          {
            file: "/mnt/backup/vestibule-demo-20261121T193000Z.tar.zst.age",
            bytes: 61_204_480,
            madeAt: "2026-11-21T19:30:00.000Z",
          },
        ],
        fault: null,
      },
    ],
  });

const madeSchema = z
  .object({
    file: z.string(),
    bytes: z.int(),
    sha256: z.string().describe("Of the encrypted file"),
    position: z.object({ first: z.int(), last: z.int(), head: z.string() }),
    took: z.int().describe("Milliseconds"),
  })
  .meta({
    examples: [
      {
        file: "/mnt/backup/vestibule-demo-20261121T193000Z.tar.zst.age",
        bytes: 61_204_480,
        sha256: "9f2c…",
        position: { first: 1, last: 48_211, head: "41ab…" },
        took: 9_120,
      },
    ],
  });

export function backupRoutes({ services }: ApiContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: "GET",
      url: "/backups",
      config: { access: "seeBackups" },
      schema: {
        summary: "When the last backup was made, when the next is due, and which files there are",
        description: "404 where the site's file has no `backup:`. Nothing on the box can open the files.",
        tags: ["backups"],
        response: { 200: listSchema, ...problems },
      },
      handler: async () => {
        const backups = configured(services.backups);
        const [files, fault] = await backups.list().then(
          (found) => [found, null] as const,
          (error: unknown) => [[], faultOf(error).message] as const,
        );
        return { ...backups.view(), files, fault };
      },
    });

    app.route({
      method: "POST",
      url: "/backups",
      config: { access: "makeBackups" },
      schema: {
        summary: "Make a backup now, to where and for whom the site's file says",
        description:
          "Answers once it is made, which takes seconds to minutes. 409 while another is being made; 503 where it could not be, with why. Either is recorded.",
        tags: ["backups"],
        response: { 201: madeSchema, ...problems },
      },
      handler: async (request, reply) => {
        const made = await configured(services.backups)
          .make(operatorOf(request))
          .catch((error: unknown) => {
            const { code, message } = faultOf(error);
            throw code === "busy"
              ? new Problem(409, "backup-under-way", message)
              : new Problem(503, "backup-failed", message);
          });
        return reply.code(201).send(made);
      },
    });
  };
}

function configured(backups: BackupServices | undefined): BackupServices {
  if (backups !== undefined) return backups;
  throw new Problem(404, "no-backups", "The site's file has no `backup:`.");
}

function faultOf(error: unknown): BackupFault {
  if (error instanceof BackupFault) return error;
  throw error;
}
