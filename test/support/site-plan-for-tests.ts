import type { SitePlan } from "../../src/controller/controller-options.ts";
import type { AccessPolicy } from "../../src/domain/access/access.ts";
import type { InterlockPolicy } from "../../src/domain/interlock/interlock.ts";
import { accessPointNames } from "../../src/domain/names.ts";

const door = {
  lockKind: "fail-secure",
  bolt: "fitted",
  releaseTime: 5_000,
  relockOnOpen: true,
  relockDelay: 300,
  heldOpenTime: 15_000,
  heldOpenWarning: 5_000,
  boltTime: 2_000,
  flapLimit: 20,
  contactDebounce: 30,
  stuckContactLimit: 3,
} as const;
export const interlockPolicy: InterlockPolicy = {
  doors: { outer: door, inner: door },
  settleTime: 500,
  heartbeatTime: 1_000,
  onFire: "both",
  priority: "fire",
  overrideWindow: 30_000,
  overrideTime: 60_000,
  dwellTime: 120_000,
};

const everywhere = { vestibules: "all", accessPoints: "all", schedule: "always" } as const;
const accessPolicy: AccessPolicy = {
  levels: [
    { name: "staff", ...everywhere, mode: "card+face" },
    { name: "porters", ...everywhere, mode: "card" },
  ],
  doors: {},
  areas: {},
  duress: { policy: "grant" },
  pinTimeout: 15_000,
  remoteWindow: 60_000,
  countTimeout: 2_000,
  verifyTimeout: 4_000,
  liveness: { usual: "passive", at: {} },
  challengeTimeout: 20_000,
  releaseAnswerTime: 1_000,
  maxFailures: 3,
  lockoutTime: 60_000,
  sameCardTime: 1_000,
};

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
