import { parseArgs } from "node:util";
import { oneTimePassword } from "../api/authentication/first-administrator.ts";
import { hashPassword } from "../api/authentication/password-hash.ts";
import { type Role, roles } from "../domain/operator/rights.ts";
import type { Command } from "./command.ts";
import { InputError } from "./face-pictures.ts";
import { answering, onlyOne, ShellChanges } from "./storage-command.ts";

const usage = `Usage: vestibule operator add NAME [--role ROLE] [--json]

Adds an operator's account, in the data directory VESTIBULE_DATA (default var), while the controller is not running.
Prints a one-time password, once: it must be changed at the first login. One account is one person: an emergency
override takes two. Exit 1: there is an operator of that name.

  --role  administrator (if it is not said), securityOfficer, enrolmentClerk, auditor or installer
  --json  print {"username":…,"oneTimePassword":…}
`;

export const operatorAdd: Command = {
  name: ["operator", "add"],
  summary: "add an operator's account",
  usage,
  run: (args, io) =>
    answering("operator add", io, async () => {
      const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: {
          role: { type: "string", default: "administrator" },
          json: { type: "boolean", default: false },
        },
      });
      const username = operatorName(onlyOne(positionals, "name"));
      const role = roleOf(values.role);
      const password = oneTimePassword();
      const passwordHash = await hashPassword(password);
      using changes = new ShellChanges(io);
      const { operators } = changes.storage;
      if (operators.find(username) !== undefined) {
        io.stderr(`operator add: there is an operator ${username} already\n`);
        return 1;
      }
      changes.recorded(
        "OperatorAdded",
        () => operators.add({ username, passwordHash, mustChangePassword: true, role }),
        () => ({ username, role }),
      );
      io.stdout(
        values.json
          ? `${JSON.stringify({ username, oneTimePassword: password })}\n`
          : `${username}  one-time password: ${password}\n`,
      );
      return 0;
    }),
};

function roleOf(name: string): Role {
  const role = roles.find((one) => one === name);
  if (role === undefined) throw new InputError(`${name}: one of ${roles.join(", ")} is expected`);
  return role;
}

/** Lower case only: `Li` and `li` must not be two operators for an override. */
function operatorName(name: string): string {
  if (/^[a-z][a-z0-9._-]{1,31}$/.test(name)) return name;
  throw new InputError(
    `${name}: 2 to 32 lower-case letters, digits, dots, hyphens or underscores are expected, beginning with a letter`,
  );
}
