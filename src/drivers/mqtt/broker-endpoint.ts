import { readFile } from "node:fs/promises";
import type { ConnectionSettings } from "./connection-settings.ts";

/** PEM files, read again at each connect so that renewed ones count. */
export interface TlsFiles {
  readonly caFile?: string | undefined;
  readonly certificateFile?: string | undefined;
  readonly keyFile?: string | undefined;
}

/** Not even an attempt can be made. */
export class NotConnectable extends Error {
  override readonly name = "NotConnectable";
}

/** Where `mqtt://HOST:PORT` or `mqtts://HOST:PORT` leads. Throws NotConnectable for a file that cannot be read. */
export async function endpointOf(
  url: string,
  { caFile, certificateFile, keyFile }: TlsFiles,
): Promise<Pick<ConnectionSettings, "host" | "port" | "tls">> {
  const { protocol, hostname, port } = new URL(url);
  const secure = protocol === "mqtts:";
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port === "" ? (secure ? 8883 : 1883) : Number(port),
    tls: secure
      ? {
          ...(caFile === undefined ? {} : { ca: await readPem(caFile) }),
          ...(certificateFile === undefined ? {} : { certificate: await readPem(certificateFile) }),
          ...(keyFile === undefined ? {} : { key: await readPem(keyFile) }),
        }
      : undefined,
  };
}

async function readPem(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new NotConnectable(`cannot read ${path} for the broker's connection`, { cause });
  }
}
