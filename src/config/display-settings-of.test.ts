import { expect, test } from "vitest";
import { presetDisplaySettings } from "../ports/services/display-services.ts";
import { displaySettingsOf } from "./display-settings-of.ts";
import { faultsForTests, siteForTests } from "./site-for-tests.ts";

const street = { vestibule: "v1", accessPoint: "outer-entry" } as const;
const inside = { vestibule: "v1", accessPoint: "inner-entry" } as const;

test("a site that says nothing shows no name, both languages, and people to themselves", () => {
  expect(displaySettingsOf(siteForTests(), street)).toEqual(presetDisplaySettings);
});

test("what is set at an access point stands in place of the site's, there alone", () => {
  const site = siteForTests(`    accessPoints:
      outer-entry: { display: { mirror: off, sound: 0 } }
      inner-entry: {}
display: { name: given, languages: [en], sound: 80 }
`);
  const ofSite = { name: "given", languages: ["en"], sound: 80, mirror: "on", appearance: "auto" };
  expect(displaySettingsOf(site, inside)).toEqual(ofSite);
  expect(displaySettingsOf(site, street)).toEqual({ ...ofSite, mirror: "off", sound: 0 });
});

test.each([
  ["display: { languages: [zh, en, zh] }", "languages"],
  ["display: { languages: [] }", "languages"],
  ["display: { sound: 101 }", "sound"],
  ["display: { name: surname }", "name"],
])("%s is refused", (more, said) => {
  expect(JSON.stringify(faultsForTests(more))).toContain(said);
});

test("a language that is named twice is written once", () => {
  const site = siteForTests("display: { languages: [en, en] }");
  expect(displaySettingsOf(site, street).languages).toEqual(["en"]);
});
