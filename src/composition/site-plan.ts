import { accessPolicyOf } from "../config/access-policy-of.ts";
import { displaySettingsOf } from "../config/display-settings-of.ts";
import { milliseconds } from "../config/policy-of.ts";
import type { SiteConfiguration } from "../config/site-schema.ts";
import type { SitePlan } from "../controller/controller-options.ts";
import { presetConsentWording } from "../domain/biometric/consent.ts";
import { accessPointNames } from "../domain/names.ts";

const day = 86_400_000;

export function sitePlanOf(configuration: SiteConfiguration): SitePlan {
  const { site, vestibules, cameras, data, alarms, enrolment } = configuration;
  return {
    id: site.id,
    name: site.name,
    timeZone: site.timeZone,
    vestibules: vestibules.map(({ id, name, accessPoints }) => ({
      id,
      name: name ?? { en: id, zh: id },
      accessPoints: accessPointNames.filter((accessPoint) => accessPoints[accessPoint] !== undefined),
    })),
    cameras: cameras.map(({ id }) => id),
    cameraOf: ({ vestibule, accessPoint }) =>
      vestibules.find(({ id }) => id === vestibule)?.accessPoints[accessPoint]?.camera,
    displayOf: (where) => displaySettingsOf(configuration, where),
    policy: accessPolicyOf(configuration),
    consent: {
      required: enrolment.consent === "required",
      wording: enrolment.wording ?? presetConsentWording,
    },
    diskReserve: data.diskReserve * 1e6,
    alarms: {
      longestShelving: milliseconds(alarms.longestShelving),
      clockUnsynchronisedAfter: milliseconds(alarms.clockUnsynchronisedAfter),
    },
    clips: { before: milliseconds(data.clips.before), after: milliseconds(data.clips.after) },
    evidenceRetention: {
      usual: data.evidenceRetention * day,
      // What is protected longer than the rest can only be longer.
      ofAlarms: Math.max(data.alarmEvidenceRetention, data.evidenceRetention) * day,
    },
  };
}
