import { SaxesParser } from "saxes";
import { DeviceFault } from "./device-fault.ts";
import type { DeviceLimits } from "./limits.ts";

/** Names without their prefix: cameras choose them as they like. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Of this element alone. */
  readonly text: string;
}

type Limits = Pick<DeviceLimits, "depth" | "elements" | "attributes">;

interface Growing {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Growing[];
  text: string;
}

/**
 * XML as a device may send it: well formed, no document type (so no entity but the five of XML), so deep and so large.
 * Throws DeviceFault. Reads in one pass; nothing in it grows faster than the text.
 */
export function parseStrictXml(text: string, limits: Limits): XmlElement {
  const parser = new SaxesParser({ xmlns: false, position: false });
  const open: Growing[] = [];
  let root: Growing | undefined;
  let elements = 0;
  const refuse = (what: string): never => {
    throw new DeviceFault("hostile", `XML that no camera sends: ${what}`);
  };
  parser.on("error", (error) => refuse(error.message.slice(0, 100)));
  parser.on("doctype", () => refuse("a document type"));
  parser.on("opentag", ({ name, attributes }) => {
    elements += 1;
    if (elements > limits.elements) refuse(`more than ${limits.elements} elements`);
    if (open.length >= limits.depth) refuse(`more than ${limits.depth} levels`);
    const own = Object.entries(attributes).filter(([key]) => key !== "xmlns" && !key.startsWith("xmlns:"));
    if (own.length > limits.attributes) refuse(`more than ${limits.attributes} attributes`);
    const element: Growing = {
      name: withoutPrefix(name),
      attributes: Object.fromEntries(own.map(([key, value]) => [withoutPrefix(key), value])),
      children: [],
      text: "",
    };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on("closetag", () => void open.pop());
  const addText = (piece: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += piece;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  // A document type is refused before anything in it is read, whatever the parser makes of it.
  if (/<!(?!--|\[CDATA\[)/.test(text)) refuse("a declaration");
  parser.write(text).close();
  return root ?? refuse("nothing");
}

const withoutPrefix = (name: string): string => name.slice(name.indexOf(":") + 1);

export const childrenOf = (element: XmlElement | undefined, name: string): readonly XmlElement[] =>
  element?.children.filter((child) => child.name === name) ?? [];

/** The first one along the path, or undefined. */
export function find(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>((at, name) => childrenOf(at, name)[0], element);
}

export function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
