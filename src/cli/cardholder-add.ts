import { parseArgs } from "node:util";
import { isGroupName, isOneLine } from "../controller/people/import/check-row.ts";
import { requireLevels } from "../controller/people/people-checks.ts";
import { type WallTime, wallTime } from "../domain/time.ts";
import { directoryLimits } from "../ports/directory-limits.ts";
import type { Command } from "./command.ts";
import { InputError } from "./face-pictures.ts";
import { levelsInForce } from "./levels-in-force.ts";
import { answering, onlyOne, printable, ShellChanges } from "./storage-command.ts";

const usage = `Usage: vestibule cardholder add NAME [--group G]… [--access-level L]… [--valid-from TIME] [--valid-until TIME] [--json]

Adds a person, in the data directory VESTIBULE_DATA (default var), while the controller is not running.
Cards are issued with "card issue", photos enrolled with "enrol".

  --group         belongs to this group; may be repeated
  --access-level  has this access level of the site's configuration; may be repeated
  --valid-from, --valid-until   as 2026-11-30 (UTC) or 2026-11-30T18:00+08:00
  --json          print the whole record
`;

export const cardholderAdd: Command = {
  name: ["cardholder", "add"],
  summary: "add a person",
  usage,
  run: (args, io) =>
    answering("cardholder add", io, () => {
      const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: {
          group: { type: "string", multiple: true, default: [] },
          "access-level": { type: "string", multiple: true, default: [] },
          "valid-from": { type: "string" },
          "valid-until": { type: "string" },
          json: { type: "boolean", default: false },
        },
      });
      const name = onlyOne(positionals, "name");
      const lists = { groups: values.group, accessLevels: values["access-level"] };
      requireFit(name, lists);
      const validFrom = timeOf(values["valid-from"]);
      const validUntil = timeOf(values["valid-until"]);
      if (validFrom !== undefined && validUntil !== undefined && validFrom >= validUntil)
        throw new InputError("--valid-until is later than --valid-from");
      const person = {
        name,
        ...lists,
        ...(validFrom === undefined ? {} : { validFrom }),
        ...(validUntil === undefined ? {} : { validUntil }),
      };
      using changes = new ShellChanges(io);
      const levels = levelsInForce(changes.storage.rules);
      if (levels !== undefined) requireLevels(lists.accessLevels, levels);
      const added = changes.recorded(
        "CardholderAdded",
        () => changes.storage.directory.add(person),
        ({ id, groups, accessLevels }) => ({ cardholder: id, groups, accessLevels }),
      );
      io.stdout(values.json ? `${JSON.stringify(added)}\n` : `${added.id} ${printable(added.name)}\n`);
      return 0;
    }),
};

function requireFit(
  name: string,
  lists: { readonly groups: readonly string[]; readonly accessLevels: readonly string[] },
): void {
  const { nameLength, memberships } = directoryLimits;
  if (name.length > nameLength) throw new InputError(`the name is longer than ${nameLength} characters`);
  if (Object.values(lists).some((list) => list.length > memberships)) {
    throw new InputError(`more than ${memberships} groups or access levels`);
  }
  if (!isOneLine(name)) throw new InputError("the name is one line, without control characters");
  const unfit = lists.groups.find((group) => !isGroupName(group));
  if (unfit !== undefined)
    throw new InputError(
      `--group ${unfit}: lower-case letters, digits and hyphens, beginning with a letter, at most 32`,
    );
}

function timeOf(text: string | undefined): WallTime | undefined {
  if (text === undefined) return undefined;
  const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(time))
    throw new InputError(`${text} is no time; 2026-11-30 or 2026-11-30T18:00+08:00 is expected`);
  return wallTime(time);
}
