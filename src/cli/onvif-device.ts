import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { deviceAddressOf } from "../composition/onvif-cameras.ts";
import { onvifSourceSchema } from "../config/onvif-schema.ts";
import type { DeviceAddress } from "../drivers/camera-onvif/bounded-request.ts";
import type { DeviceLogin } from "../drivers/camera-onvif/guarded-cam.ts";

/** Which device a command speaks to. */
export interface DeviceGiven {
  /** As an address of the configuration. */
  readonly shown: string;
  readonly address: DeviceAddress;
  readonly login: DeviceLogin | undefined;
  readonly json: boolean;
  readonly values: Readonly<Record<string, string | undefined>>;
}

export const deviceUsage = `  ADDRESS              192.168.1.64, http://host:port, or https://host; onvif discover finds it
  --username NAME      user name of an ONVIF user at the camera
  --password-file FILE file whose first line is the password
  --ca-file FILE       of https: certificate of the authority that signed the camera's
  --fingerprint HEX    of https: SHA-256 of the camera's own certificate, as onvif probe prints it
  --json               print JSON`;

/** What was given, or what is wrong with it. `own`: further options of the command, each with a value. */
export function deviceGiven(args: readonly string[], own: readonly string[] = []): DeviceGiven | string {
  try {
    const names = ["username", "password-file", "ca-file", "fingerprint", ...own];
    const text = Object.fromEntries(names.map((name) => [name, { type: "string" }] as const));
    const { values: all, positionals } = parseArgs({
      args: [...args],
      options: { ...text, json: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    const { json, ...others } = all;
    const values = others as Readonly<Record<string, string | undefined>>; // each an option of type string
    const [written, ...rest] = positionals;
    if (written === undefined || rest.length > 0) return "give exactly one address";
    const shown = written.includes("://") ? written : `http://${written}`;
    const file = values["password-file"];
    const read = onvifSourceSchema.safeParse({
      ...{ kind: "onvif", address: shown },
      ...(values["username"] !== undefined && { username: values["username"] }),
      ...(values["ca-file"] !== undefined && { caFile: values["ca-file"] }),
      ...(values["fingerprint"] !== undefined && { certificateFingerprint: values["fingerprint"] }),
    });
    if (!read.success || !URL.canParse(shown))
      return read.error?.issues[0]?.message ?? "expected http://host or https://host";
    const { username } = read.data;
    if ((username === undefined) !== (file === undefined))
      return "--username and --password-file go together";
    const password = file === undefined ? "" : (readFileSync(file, "utf8").split(/\r?\n/, 1)[0] ?? "");
    return {
      shown,
      address: deviceAddressOf(read.data),
      login: username === undefined ? undefined : { username, password },
      json,
      values,
    };
  } catch (error) {
    // parseArgs and the file system say in one line what they did not like.
    return error instanceof Error ? error.message : String(error);
  }
}
