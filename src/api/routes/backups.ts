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

const viewSchema = backupViewSchema.meta({
  examples: [{ last: null, next: "2026-11-22T19:30:00.000Z", running: true, overdue: false }],
});

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

export function backupRoutes({ services }: ApiContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: "GET",
      url: "/backups",
      config: { access: "seeBackups" },
      schema: {
        operationId: "listBackups",
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
        operationId: "makeBackup",
        summary: "Begin a backup now, to where and for whom the site's file says",
        description:
          "202 as soon as it has begun: it takes seconds to minutes. GET /backups says when it is over; BackupMade or BackupFailed in the record, what became of it and who wanted it. 409 while another is being made.",
        tags: ["backups"],
        response: { 202: viewSchema, ...problems },
      },
      handler: async (request, reply) => {
        const backups = configured(services.backups);
        if (backups.begin(operatorOf(request)) === "busy")
          throw new Problem(409, "backup-under-way", "Another backup is being made.");
        return reply.code(202).send(backups.view());
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
