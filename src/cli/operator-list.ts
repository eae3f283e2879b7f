import { parseArgs } from "node:util";
import { openOperatorsForReading } from "../drivers/sqlite/open-for-reading.ts";
import type { Operator } from "../ports/operators.ts";
import type { Command } from "./command.ts";
import { answering, dataDirectory } from "./storage-command.ts";

const usage = `Usage: vestibule operator list [--json]

Lists the operators' accounts in the data directory VESTIBULE_DATA (default var); the controller may be running.

  --json  print {"operators":[…]}
`;

export const operatorList: Command = {
  name: ["operator", "list"],
  summary: "list operators' accounts",
  usage,
  run: (args, io) =>
    answering("operator list", io, () => {
      const { values } = parseArgs({
        args: [...args],
        options: { json: { type: "boolean", default: false } },
      });
      using accounts = openOperatorsForReading(dataDirectory(io.env));
      const operators = accounts.list();
      io.stdout(values.json ? `${JSON.stringify({ operators })}\n` : operators.map(line).join(""));
      return 0;
    }),
};

function line({ username, role, mustChangePassword, disabled, createdAt }: Operator): string {
  const since = new Date(createdAt).toISOString();
  const off = disabled ? "  disabled" : "";
  return `${username}  ${role}  since ${since}${off}${mustChangePassword ? "  one-time password not changed yet" : ""}\n`;
}
