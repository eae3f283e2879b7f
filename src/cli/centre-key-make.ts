import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { centreActions } from "../ports/centre-rules.ts";
import type { Command } from "./command.ts";
import { InputError } from "./face-pictures.ts";
import { answering } from "./storage-command.ts";

const usage = `Usage: vestibule centre-key make --id ID --operator NAME --out FILE [--json]

Makes a key for one person at the security centre. The private key is written to FILE (mode 0600) and stays with that
person; what is printed goes into the site's file, under mqtt.requests.keys, of every site they may ask something of.

  --id        stands in each request, to say which key has signed it
  --operator  who has the key, as the record is to name them
  --out       a file that does not exist yet
  --json      print {"id", "operator", "publicKey"}
`;

const nameForm = /^[a-z][a-z0-9-]{0,31}$/;

export const centreKeyMake: Command = {
  name: ["centre-key", "make"],
  summary: "make a key for somebody at the security centre",
  usage,
  run: (args, io) =>
    answering("centre-key make", io, () => {
      const { values } = parseArgs({
        args: [...args],
        options: {
          id: { type: "string", default: "" },
          operator: { type: "string", default: "" },
          out: { type: "string", default: "" },
          json: { type: "boolean", default: false },
        },
      });
      const { id, operator, out } = values;
      for (const [option, value] of Object.entries({ id, operator }))
        if (!nameForm.test(value))
          throw new InputError(
            `--${option} ${value}: lower-case letters, digits and hyphens, beginning with a letter, at most 32`,
          );
      if (out === "") throw new InputError("--out FILE is needed; see --help");
      const { publicKey, privateKey } = generateKeyPairSync("ed25519");
      const { x = "" } = publicKey.export({ format: "jwk" });
      const base64 = Buffer.from(x, "base64url").toString("base64");
      const pem = privateKey.export({ type: "pkcs8", format: "pem" });
      keep(out, `${JSON.stringify({ id, privateKey: pem }, null, 2)}\n`);
      io.stdout(
        values.json
          ? `${JSON.stringify({ id, operator, publicKey: base64 })}\n`
          : `- id: ${id}\n  operator: ${operator}\n  publicKey: ${base64}\n  actions: [${centreActions.join(", ")}]\n`,
      );
      return 0;
    }),
};

function keep(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600, flag: "wx" });
  } catch (cause) {
    const why =
      cause instanceof Error && "code" in cause && cause.code === "EEXIST"
        ? "it exists already"
        : String(cause);
    throw new InputError(`${file} cannot be written: ${why}`, { cause });
  }
}
