import { parseArgs } from "node:util";
import { type Discovered, discoverDevices } from "../drivers/camera-onvif/discovery.ts";
import { SystemClock } from "../drivers/clock/system-clock.ts";
import type { Command } from "./command.ts";

const usage = `Usage: vestibule onvif discover [--interface NAME]… [--seconds N] [--json]

Asks on the network who is an ONVIF camera (WS-Discovery), and lists who answers. Cameras in other networks do not hear
it: probe them by their address.

  --interface NAME  only there, such as eth0; may be repeated. All with an IPv4 address, where left out
  --seconds N       how long to listen, 1 to 30 (default 3)
  --json            print {"devices", "refused", "unasked", "asked", "isFull"}

Exit: 0 somebody answered, 1 nobody did, 2 wrong usage.
`;

export const onvifDiscover: Command = {
  name: ["onvif", "discover"],
  summary: "find ONVIF cameras on the network",
  usage,
  async run(args, io) {
    const request = read(args);
    if (typeof request === "string") {
      io.stderr(`onvif discover: ${request}\n\n${usage}`);
      return 2;
    }
    const found = await discoverDevices({ ...request, clock: new SystemClock() });
    io.stdout(request.json ? `${JSON.stringify(found)}\n` : asText(found));
    return found.devices.length > 0 ? 0 : 1;
  },
};

function read(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        interface: { type: "string", multiple: true },
        seconds: { type: "string", default: "3" },
        json: { type: "boolean", default: false },
      },
    });
    const seconds = Number(values.seconds);
    if (!(seconds >= 1 && seconds <= 30)) return "--seconds: expected 1 to 30";
    return { interfaces: values.interface, length: seconds * 1000, json: values.json };
  } catch (error) {
    return error instanceof Error ? error.message : String(error); // parseArgs says in one line what it did not like
  }
}

function asText({ devices, refused, unasked, asked, isFull }: Discovered): string {
  const lines = devices.map(({ from, address, name, hardware, interface: where, namesOthers }) => {
    const words = [address ?? `http://${from}`, name, hardware, `by ${where}`];
    const note = namesOthers ? " (also names addresses of other machines: not used)" : "";
    return `${words.filter((word) => word !== undefined && word !== "").join("  ")}${note}`;
  });
  return [
    ...lines,
    ...(isFull ? ["More answered than are listed."] : []),
    ...refused.map(({ from, why }) => `${from} answered what no camera answers: ${why}`),
    ...unasked.map(({ interface: where, why }) => `${where} could not be asked: ${why}`),
    lines.length > 0
      ? "Next: vestibule onvif probe ADDRESS --username NAME --password-file FILE"
      : `Nobody answered on ${asked.join(", ") || "any interface"}. Is ONVIF switched on in the camera, and is it in the same network? Otherwise probe it by its address.`,
    "",
  ].join("\n");
}
