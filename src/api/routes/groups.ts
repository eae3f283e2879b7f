import type { FastifyPluginAsyncZod } from "fastify-type-provider-zod";
import { z } from "zod";
import type { JsonValue } from "../../ports/journal.ts";
import type { RulesServices } from "../../ports/services/rules-services.ts";
import type { ApiContext } from "../api-options.ts";
import { problems } from "../field-schemas.ts";

const useSchema = z.object({
  kind: z
    .enum(["door", "schedule"])
    .describe("A door's multi-person rule (A1), or a schedule's first person (A2)"),
  vestibule: z.string().nullable(),
  door: z.string().nullable(),
  schedule: z.string().nullable(),
});
type Use = z.infer<typeof useSchema>;

const groupsSchema = z
  .object({
    groups: z.array(z.object({ name: z.string(), members: z.int(), usedBy: z.array(useSchema) })),
  })
  .meta({
    examples: [
      {
        groups: [
          {
            name: "manager",
            members: 3,
            usedBy: [{ kind: "door", vestibule: "v1", door: "inner", schedule: null }],
          },
        ],
      },
    ],
  });

export function groupRoutes({ services }: ApiContext): FastifyPluginAsyncZod {
  return async (app) => {
    app.route({
      method: "GET",
      url: "/groups",
      config: { access: "seePeople" },
      schema: {
        operationId: "listGroups",
        summary: "Groups of people: how many are in each, and which rules ask for it",
        description:
          "A group is there while somebody is in it or a rule names it. Members: `GET /cardholders?group=`, and each one's own `groups`.",
        tags: ["cardholders"],
        response: { 200: groupsSchema, ...problems },
      },
      handler: () => {
        const uses = usesOf(services.rules);
        const members = new Map(
          services.people.enrolment.groups().map(({ name, members }) => [name, members]),
        );
        const names = [...new Set([...members.keys(), ...uses.keys()])].toSorted();
        return {
          groups: names.map((name) => ({
            name,
            members: members.get(name) ?? 0,
            usedBy: uses.get(name) ?? [],
          })),
        };
      },
    });
  };
}

/** By group. */
function usesOf(rules: Pick<RulesServices, "kinds" | "inForce">): ReadonlyMap<string, Use[]> {
  const uses = new Map<string, Use[]>();
  const add = (group: JsonValue | undefined, use: Use): void => {
    if (typeof group === "string") uses.set(group, [...(uses.get(group) ?? []), use]);
  };
  for (const kind of rules.kinds) {
    const document = rules.inForce(kind)?.document;
    const [place, vestibule = null, door = null] = kind.split("/");
    if (place === "doors")
      for (const group of listIn(fieldOf(fieldOf(document, "multiPerson"), "groups")))
        add(group, { kind: "door", vestibule, door, schedule: null });
    if (place === "schedules")
      for (const schedule of listIn(document)) {
        const name = fieldOf(schedule, "name");
        const group = fieldOf(schedule, "firstPerson");
        add(group, {
          kind: "schedule",
          vestibule: null,
          door: null,
          schedule: typeof name === "string" ? name : null,
        });
      }
  }
  return uses;
}

const listIn = (value: JsonValue | undefined): readonly JsonValue[] => (Array.isArray(value) ? value : []);

function fieldOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (typeof value !== "object" || value === null || value instanceof Array) return undefined;
  return value[name];
}
