import { parseArgs } from "node:util";
import type { PluggedInReaders } from "../composition/plugged-in-readers.ts";
import type { Command } from "./command.ts";

const usage = `Usage: vestibule reader list [--json]

Lists what card readers may be on, by the names that the site's configuration takes: serial lines (Wiegand converters,
OSDP), keyboards (kind: hid), PC/SC readers (kind: pcsc). A keyboard for typing is listed too.

  --json   print {"serial": [...], "hid": [...], "pcsc": [...], "pcscFault": "..."}

Exit: 0 something was found, 1 nothing was, 2 wrong usage.
`;

export function readerList(look: () => PluggedInReaders): Command {
  return {
    name: ["reader", "list"],
    summary: "list the card readers that are plugged in, by the names the configuration takes",
    usage,
    async run(args, io) {
      let json: boolean;
      try {
        json = parseArgs({ args: [...args], options: { json: { type: "boolean", default: false } } }).values
          .json;
      } catch (error) {
        io.stderr(`reader list: ${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
        return 2;
      }
      const { serial, hid, pcsc, pcscFault } = look();
      if (json) io.stdout(`${JSON.stringify({ serial, hid, pcsc, pcscFault })}\n`);
      else {
        const lines = [
          ...[...serial, ...namesWithout(serial, "serial line")].map((name) => `serial  ${name}`),
          ...[...hid, ...namesWithout(hid, "keyboard")].map((name) => `hid     ${name}`),
          ...(pcscFault === undefined ? [...pcsc, ...namesWithout(pcsc, "reader")] : [`(${pcscFault})`]).map(
            (name) => `pcsc    ${name}`,
          ),
        ];
        io.stdout(`${lines.join("\n")}\n`);
      }
      return serial.length + hid.length + pcsc.length > 0 ? 0 : 1;
    },
  };
}

const namesWithout = (names: readonly string[], what: string): readonly string[] =>
  names.length === 0 ? [`(no ${what})`] : [];
