import type { ProbeCameraData } from "../../api/client.ts";
import { type Fields, fieldsOf } from "./read.ts";

/** A camera as it is being added. */
export interface CameraDraft {
  readonly id: string;
  readonly kind: "onvif" | "rtsp" | "simulated";
  readonly address: string;
  readonly username: string;
  readonly password: string;
}

export const emptyCamera = (simulated: boolean): CameraDraft => ({
  id: "",
  kind: simulated ? "simulated" : "onvif",
  address: "",
  username: "",
  password: "",
});

/** As it stands in the file: the password in a file of its own, and never in this one. */
export function cameraOf(
  { id, kind, address, username }: CameraDraft,
  passwordFile: string | undefined,
  probed: ProbeCameraData | null,
): Fields {
  const who = {
    ...(username !== "" && { username }),
    ...(passwordFile !== undefined && { passwordFile }),
  };
  if (kind === "simulated") return { id, source: { kind } };
  if (kind === "rtsp") return { id, source: { kind, url: address, ...who } };
  const suggestion = fieldsOf(probed?.suggestion);
  return { id, source: { address: withScheme(address), ...suggestion, kind, ...who } };
}

const withScheme = (address: string): string =>
  /^https?:\/\//.test(address) ? address : `http://${address}`;
