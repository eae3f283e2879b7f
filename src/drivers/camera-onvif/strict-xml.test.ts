import { describe, expect, test } from "vitest";
import { DeviceFault } from "./device-fault.ts";
import { deviceLimits } from "./limits.ts";
import { plain, readSoapAnswer } from "./soap-answer.ts";
import { childrenOf, escapeXml, find, parseStrictXml } from "./strict-xml.ts";

const read = (text: string) => parseStrictXml(text, deviceLimits);
const inEnvelope = (body: string): string => `<s:Envelope xmlns:s="s"><s:Body>${body}</s:Body></s:Envelope>`;

describe("XML of a device (T21)", () => {
  test("names without prefixes, texts with the five entities and characters by number", () => {
    const root = read('<a:x xmlns:a="u" b="1 &lt; 2"><c:y>&amp;&#65;<![CDATA[<z>]]></c:y><y/></a:x>');
    expect(root).toMatchObject({ name: "x", attributes: { b: "1 < 2" } });
    expect(find(root, "y")?.text).toBe("&A<z>");
    expect(childrenOf(root, "y")).toHaveLength(2);
    expect(find(root, "y", "z")).toBeUndefined();
  });

  test.each([
    ["a document type", "<!DOCTYPE a><a/>"],
    ["one in other letters", "<!doctype a><a/>"],
    ["an entity's declaration", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
    ["an element's declaration", "<!ELEMENT a ANY><a/>"],
    ["an entity nobody declared", "<a>&nbsp;</a>"],
    ["two roots", "<a/><b/>"],
    ["what is not closed", "<a><b></a>"],
    ["an attribute twice", '<a b="1" b="2"/>'],
    ["a null character", "<a>\0</a>"],
    ["nothing", ""],
  ])("%s is refused", (_name, text) => {
    expect(() => read(text)).toThrow(DeviceFault);
  });

  test("names that are JavaScript's own are names", () => {
    const shaped = readSoapAnswer(
      200,
      inEnvelope('<r><__proto__><polluted>1</polluted></__proto__><constructor a="2"/></r>'),
      deviceLimits,
    );
    expect(JSON.stringify(shaped)).toContain("polluted");
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test("a text of ours cannot become an element", () => {
    const text = `</a><b c="d">'&`;
    expect(find(read(`<x><a>${escapeXml(text)}</a></x>`), "a")?.text).toBe(text);
  });
});

describe("SOAP of a device", () => {
  const fault = (subcode: string, reason: string): string =>
    inEnvelope(
      `<s:Fault><s:Code><s:Value>s:Sender</s:Value><s:Subcode><s:Value>${subcode}</s:Value></s:Subcode></s:Code><s:Reason><s:Text>${reason}</s:Text></s:Reason></s:Fault>`,
    );
  const kindOf = (status: number, text: string): string => {
    try {
      readSoapAnswer(status, text, deviceLimits);
      return "believed";
    } catch (error) {
      return error instanceof DeviceFault ? error.kind : "broken";
    }
  };

  test("faults are told apart, whatever the status", () => {
    expect(kindOf(400, fault("ter:NotAuthorized", "Sender not Authorized"))).toBe("unauthorised");
    expect(kindOf(200, fault("ter:ActionNotSupported", "Optional Action Not Implemented"))).toBe(
      "unsupported",
    );
    expect(kindOf(500, fault("ter:InvalidArgVal", "No such profile"))).toBe("refused");
    expect(kindOf(401, "<!DOCTYPE html><html></html>")).toBe("unauthorised");
    expect(kindOf(500, "oops")).toBe("refused");
    expect(kindOf(200, "<html/>")).toBe("hostile");
  });

  test("the shape is that of the parser which the package expects", () => {
    const shaped = readSoapAnswer(
      200,
      inEnvelope('<t:GetX><t:PTZ a="1">v</t:PTZ><t:List>1</t:List><t:List/></t:GetX>'),
      deviceLimits,
    );
    expect(JSON.parse(JSON.stringify(shaped))).toEqual({
      getX: [{ PTZ: [{ $: { a: "1" }, _: "v" }], list: ["1", ""] }],
    });
  });

  test("what looks like a number and is a name stays as it is", () => {
    for (const text of ["12345678901234567890", "1.0", "-0"]) {
      const shaped = readSoapAnswer(200, inEnvelope(`<a t="${text}">${text}</a>`), deviceLimits);
      expect(shaped).toMatchObject({ a: [{ $: { t: `\ufeff${text}` }, _: `\ufeff${text}` }] });
      expect([plain(`\ufeff${text}`), Number(`\ufeff${text}`)]).toEqual([text, Number(text)]);
    }
  });

  test("times in other zones are told in the one that the package reads", () => {
    const shaped = readSoapAnswer(
      200,
      inEnvelope("<a><CurrentTime>2026-11-22T18:00:00+08:00</CurrentTime></a>"),
      deviceLimits,
    );
    expect(JSON.stringify(shaped)).toContain("2026-11-22T10:00:00.000Z");
  });
});
