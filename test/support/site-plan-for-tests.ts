import type { SitePlan } from "../../src/controller/controller-options.ts";
import type { AccessPolicy } from "../../src/domain/access/access.ts";
import { policyWith as accessPolicyWith } from "../../src/domain/access/given.ts";
import { policyWith as interlockPolicyWith } from "../../src/domain/interlock/given.ts";
import { accessPointNames } from "../../src/domain/names.ts";

export const interlockPolicy = interlockPolicyWith({ bolt: "fitted", contactDebounce: 30 });
const accessPolicy = accessPolicyWith({ verifyTimeout: 4_000 });

const buildingDoor = { lock: "fail-secure", bolt: "fitted", rex: "fitted" } as const;
export const vestibulePlan = {
  id: "v1",
  doors: { outer: buildingDoor, inner: buildingDoor },
  readers: accessPointNames,
};
export const cameras = ["street", "inside"];
const day = 86_400_000;
const cameraOf: SitePlan["cameraOf"] = ({ accessPoint }) =>
  accessPoint === "outer-entry" ? "street" : accessPoint === "inner-entry" ? "inside" : undefined;

/** One door pair with a reader at every access point and cameras at those that lead in. */
export function sitePlan(policy: Partial<AccessPolicy>): SitePlan {
  return {
    id: "s1",
    name: { en: "Branch", zh: "支行" },
    timeZone: "Asia/Shanghai",
    vestibules: [{ id: "v1", name: { en: "Front", zh: "前厅" }, accessPoints: accessPointNames }],
    cameras,
    cameraOf,
    policy: { ...accessPolicy, ...policy },
    diskReserve: 1e8,
    clips: { before: 10_000, after: 20_000 },
    evidenceRetention: { usual: 90 * day, ofAlarms: 180 * day },
  };
}
