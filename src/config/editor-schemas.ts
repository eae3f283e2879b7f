import { z } from "zod";
import { boardSchema } from "./board-schema.ts";
import { siteSchema } from "./site-schema.ts";

/** JSON Schema for editors, by file name within `firmware-config/`. */
export function editorSchemas(): Readonly<Record<string, unknown>> {
  return {
    "site.schema.json": titled(siteSchema, "Site", "Everything the controller needs to know of one site"),
    "board.schema.json": titled(
      boardSchema,
      "Board profile",
      "How the door pairs are wired to one kind of board",
    ),
  };
}

function titled(schema: z.ZodType, title: string, description: string): unknown {
  return { title, description, ...z.toJSONSchema(schema, { io: "input" }) };
}
