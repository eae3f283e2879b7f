import { expect, test } from "vitest";
import { siteForTests } from "../config/site-for-tests.ts";
import { buildingPlanOf } from "./building-plan.ts";

test("the simulated building has the site's doors, its simulated readers and its simulated cameras", () => {
  const site = siteForTests(`    doors: { outer: { bolt: fitted } }
    accessPoints: { outer-entry: { reader: { kind: simulated } }, inner-exit: {} }
cameras:
  - { id: painted, source: { kind: simulated } }
  - { id: real, source: { kind: rtsp, url: "rtsp://127.0.0.1/x" } }
`);
  expect(buildingPlanOf(site)).toEqual({
    vestibules: [
      {
        id: "v1",
        doors: {
          outer: { lock: "fail-secure", bolt: "fitted", rex: "unfitted" },
          inner: { lock: "fail-secure", bolt: "unfitted", rex: "unfitted" },
        },
        readers: ["outer-entry"],
      },
    ],
    cameras: ["painted"],
    outputs: [],
    doorCloserTime: 4_000,
  });
});
