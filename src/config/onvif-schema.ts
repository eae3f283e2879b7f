import { z } from "zod";
import type { CrossFault } from "./cross-fault.ts";
import type { Path } from "./path.ts";

/** A camera whose stream is found by asking it (ONVIF). */
export const onvifSourceSchema = z.strictObject({
  kind: z.literal("onvif"),
  address: z
    .string()
    .max(200)
    .regex(/^https?:\/\/[^\s@?#]+$/, "http://host, or https://host, without user name and password in it")
    .describe("Where its ONVIF service is: http://192.168.1.64, or https://… where it has a certificate"),
  username: z
    .string()
    .regex(/^[^\s<>&"':]{1,64}$/, "1 to 64 characters, none of < > & \" ' : and no blank")
    .optional()
    .describe("Of an ONVIF user: many cameras keep those apart from the users of their own page"),
  passwordFile: z.string().min(1).optional().describe("Path of a file that holds the secret; mode 0600"),
  profile: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe("Name or token of the stream to verify by; left out: H.264 of 640×360 to 1280×720"),
  serialNumber: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .describe("As `vestibule onvif probe` prints it: another camera at this address is then never looked at"),
  caFile: z
    .string()
    .min(1)
    .optional()
    .describe("Of https://: certificate of the authority that signed the camera's, where that is private"),
  certificateFingerprint: z
    .string()
    .regex(/^(?:[0-9a-fA-F]{2}:?){31}[0-9a-fA-F]{2}$/, "SHA-256 of the certificate, 64 hexadecimal digits")
    .optional()
    .describe("Of https://: of the very certificate, for a camera with one of its own making"),
});

export type OnvifSource = z.output<typeof onvifSourceSchema>;

/** What no single key of it shows. */
export function onvifFaults(source: OnvifSource, path: Path): CrossFault[] {
  const faults: CrossFault[] = [];
  if ((source.username === undefined) !== (source.passwordFile === undefined)) {
    const present = source.username === undefined ? "passwordFile" : "username";
    faults.push({
      path: [...path, present],
      found: `${present} alone`,
      expected: "username and passwordFile, or neither",
      remedy: { en: "add the other one", zh: "用户名与密码文件须成对配置。" },
    });
  }
  if (!URL.canParse(source.address)) {
    faults.push({
      path: [...path, "address"],
      found: "an address that cannot be read",
      expected: "http://host or http://host:port",
      remedy: { en: "correct the address", zh: "地址有误，请修改。" },
    });
  }
  if (
    source.address.startsWith("http://") &&
    (source.caFile ?? source.certificateFingerprint) !== undefined
  ) {
    faults.push({
      path: [...path, "address"],
      found: "a certificate with http://, which uses none",
      expected: "https://",
      remedy: { en: "use https://, or remove the certificate", zh: "使用证书须采用 https:// 地址。" },
    });
  }
  return faults;
}
