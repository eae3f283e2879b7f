import { expect, test } from "vitest";
import { anna, porter, SiteInOneProcess } from "../../../test/support/site-in-one-process.ts";
import { sitePlan } from "../../../test/support/site-plan-for-tests.ts";
import { type DisplaySettings, presetDisplaySettings } from "../../ports/services/display-services.ts";

const here = { vestibule: "v1", accessPoint: "outer-entry" } as const;
const noCamera = { vestibule: "v1", accessPoint: "outer-exit" } as const;

const opened = (set: Partial<DisplaySettings>) => {
  const site = { ...sitePlan({}), displayOf: () => ({ ...presetDisplaySettings, ...set }) };
  return SiteInOneProcess.open({ options: { site } });
};

async function welcomed(site: SiteInOneProcess): Promise<string | null> {
  await site.present(anna.card);
  expect(site.services.displays.nameAt(here)).toBeNull();
  site.vision.accept();
  await site.passes(200);
  expect(site.display("outer-entry")).toBe("welcome");
  return site.services.displays.nameAt(here);
}

test("nobody's name is shown where nothing else is set", async () => {
  expect(await welcomed(await SiteInOneProcess.open())).toBeNull();
});

test("whoever is let in is called as far as is set, and forgotten with the welcome", async () => {
  const site = await opened({ name: "full" });
  const known = site.directory.get(site.cardholder(anna));
  expect(await welcomed(site)).toBe(known?.name ?? "nobody");
  expect(site.services.displays.nameAt(noCamera)).toBeNull();
  site.moveDoor("outer", "open");
  await site.passes(6_000);
  expect(site.services.displays.nameAt(here)).toBeNull();
});

test("whoever is refused is not called by name", async () => {
  const site = await opened({ name: "full" });
  await site.services.changeCardholder(site.cardholder(porter), { accessLevels: [] }, "admin");
  await site.present(porter.card);
  expect(site.display("outer-entry")).toBe("askStaff");
  expect(site.services.displays.nameAt(here)).toBeNull();
});

test("people see themselves where a camera does, unless it is switched off; nothing is recorded of it", async () => {
  const site = await opened({});
  const before = site.records("CameraWatched").length;
  expect(site.services.displays.mirror(noCamera, () => undefined)).toBeUndefined();
  using mirror = site.services.displays.mirror(here, () => undefined);
  expect(mirror).toBeDefined();
  expect(site.records("CameraWatched")).toHaveLength(before);
  const off = await opened({ mirror: "off" });
  expect(off.services.displays.mirror(here, () => undefined)).toBeUndefined();
});
