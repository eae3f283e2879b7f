import { DeviceFault } from "./device-fault.ts";
import type { DeviceLimits } from "./limits.ts";
import { find, parseStrictXml, type XmlElement } from "./strict-xml.ts";

/** An element as the package `onvif` takes it from its own parser (xml2js), which never sees what a device sent. */
export type Shaped = string | { [name: string]: Shaped[] | string | Readonly<Record<string, string>> };

/** The body of a SOAP answer; a fault in it, or XML that is none, is thrown as DeviceFault. */
export function readSoapAnswer(status: number, text: string, limits: DeviceLimits): Shaped {
  if (status === 401 || status === 403) throw new DeviceFault("unauthorised", wrongCredentials);
  let envelope: XmlElement;
  try {
    envelope = parseStrictXml(text, limits);
  } catch (error) {
    if (status >= 400) throw new DeviceFault("refused", `it answers with HTTP ${status}`);
    throw error;
  }
  const body = envelope.name === "Envelope" ? find(envelope, "Body") : undefined;
  if (body === undefined)
    throw new DeviceFault(status >= 400 ? "refused" : "hostile", `HTTP ${status} without a SOAP envelope`);
  const fault = find(body, "Fault");
  if (fault !== undefined) throw faultOf(fault);
  if (status >= 400) throw new DeviceFault("refused", `it answers with HTTP ${status}`);
  return shaped(body);
}

const wrongCredentials = "it refuses the user name or password";

function faultOf(fault: XmlElement): DeviceFault {
  const codes = codesOf(find(fault, "Code"));
  const said = find(fault, "Reason", "Text")?.text ?? find(fault, "faultstring")?.text ?? "";
  const all = [...codes, said].join(" ").toLowerCase();
  if (/notauthorized|not authorized|unauthorized|failedauthentication|invalidsecurity/.test(all))
    return new DeviceFault("unauthorised", wrongCredentials);
  const what = `it says: ${plain(said === "" ? codes.join(", ") : said)}`;
  return new DeviceFault(
    /notsupported|notimplemented|optional action/.test(all) ? "unsupported" : "refused",
    what,
  );
}

/** Nested, from the coarse to the fine. */
function codesOf(code: XmlElement | undefined): readonly string[] {
  if (code === undefined) return [];
  return [find(code, "Value")?.text ?? "", ...codesOf(find(code, "Subcode"))];
}

/** A device's own words, for people: one line, and not long. */
export const plain = (text: string, most = 120): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .trim()
    .slice(0, most);

/** `tds:GetProfilesResponse` is `getProfilesResponse` there, and `PTZ` stays `PTZ`. */
function shapedName(name: string): string {
  const second = name.charAt(1);
  const isWord = second !== "" && second.toUpperCase() !== second;
  return isWord ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

function shaped(element: XmlElement): Shaped {
  const hasAttributes = Object.keys(element.attributes).length > 0;
  const text = element.text.trim() === "" ? "" : kept(inUtc(element));
  if (!hasAttributes && element.children.length === 0) return text;
  // Without a prototype: the names are the device's.
  const whole = Object.create(null) as Exclude<Shaped, string>;
  if (hasAttributes)
    whole["$"] = Object.fromEntries(
      Object.entries(element.attributes).map(([key, value]) => [key, kept(value)]),
    );
  if (text !== "") whole["_"] = text;
  for (const child of element.children) {
    const name = shapedName(child.name);
    const before = Object.hasOwn(whole, name) ? whole[name] : undefined;
    if (Array.isArray(before)) before.push(shaped(child));
    else whole[name] = [shaped(child)];
  }
  return whole;
}

/**
 * The package makes numbers of texts that look like one: of serial numbers, versions and tokens, which then are others.
 * Those are kept by a mark that everything which reads numbers or trims texts takes for a blank.
 */
const kept = (text: string): string =>
  /^-?\d+(\.\d*)?$/.test(text) && String(Number.parseFloat(text)) !== text ? `\ufeff${text}` : text;

/** The package knows times that end in Z and no others. */
function inUtc({ name, text }: XmlElement): string {
  if (name !== "CurrentTime" && name !== "TerminationTime") return text;
  const time = Date.parse(text.trim());
  return Number.isNaN(time) ? text : new Date(time).toISOString();
}
