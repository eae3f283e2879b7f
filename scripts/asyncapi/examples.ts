interface Example {
  readonly name: string;
  readonly payload: unknown;
}

const picture = "5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5";
const head = "8d969eef6ecad3c29a3a629280e686cf0c3f5d5a86aff3ca12020c923adc6c92";
const status = { version: "0.1.0", boot: "7f1c2a90-5a0e-4d3b-9d57-0c5e2f7f9a11", lastSeq: 4711 };
const nowhere = { vestibule: null, door: null, accessPoint: null, cardholder: null, reason: null };
const ofAlarm = {
  ...{ schema: 1, seq: 4713, alarm: "v1.outer.DoorForcedOpen", type: "DoorForcedOpen", priority: "critical" },
  ...{ vestibule: "v1", door: "outer", accessPoint: null, camera: "street", count: 1, detail: null },
  evidence: [],
  text: { en: "Door forced open: v1, outer door", zh: "强行开门：v1，外门" },
};
const signature = "6Xw0Zk1bq1n3m3t5mQ5o3gHq9S0dEoE0fQm0x3t8vXr0p1p9qkq3bqz7w0Hn6s1u2v3w4x5y6z7A8B9C0D1E2F==";

/** By message. */
export const examples: Readonly<Record<string, readonly Example[]>> = {
  status: [
    { name: "online", payload: { schema: 1, state: "online", ...status } },
    { name: "lastWill", payload: { schema: 1, state: "offline", ...status } },
  ],
  state: [
    {
      name: "somebodyEnters",
      payload: {
        ...{ schema: 1, vestibule: "v1", mode: "normal", occupancy: 0 },
        condition: {
          ...{ fire: "inactive", emergency: false, lockdown: { order: false, input: false } },
          ...{ overridden: false, overrideProposed: null, detained: false, violated: false },
          ...{ tampered: false, mains: true, battery: true },
        },
        doors: {
          outer: { contact: "closed", bolt: "retracted", lock: "released", secure: false, alarm: null },
          inner: { contact: "closed", bolt: "thrown", lock: "secured", secure: true, alarm: null },
        },
        passage: { accessPoint: "outer-entry", step: "released" },
      },
    },
  ],
  event: [
    {
      name: "denied",
      payload: {
        ...{ schema: 1, seq: 4711, time: "2026-11-21T08:15:30.123Z", type: "AccessDenied", ...nowhere },
        ...{ vestibule: "v1", accessPoint: "outer-entry", cardholder: "01JD7R5T3W", reason: "faceMismatch" },
        ...{ distance: 0.31, threshold: 0.058, hash: head },
      },
    },
    {
      name: "aboutTheSite",
      payload: {
        ...{ schema: 1, seq: 4712, time: "2026-11-21T08:15:31.000Z", type: "CardReportedLost", ...nowhere },
        ...{ cardholder: "01JD7R5T3W", hash: picture, withheld: ["number"] },
      },
    },
  ],
  alarm: [
    {
      name: "forced",
      payload: {
        ...{ schema: 1, id: "v1.outer.DoorForcedOpen", type: "DoorForcedOpen", priority: "critical" },
        ...{ phase: "active-acknowledged", vestibule: "v1", door: "outer", accessPoint: null, camera: null },
        ...{ since: "2026-11-21T08:15:30.123Z", count: 1, detail: "opened while secured" },
        evidence: [picture],
        acknowledged: { by: "wang", at: "2026-11-21T08:16:02.000Z", comment: "guard sent" },
        ...{ shelved: null, comments: 2 },
      },
    },
  ],
  cleared: [{ name: "empty", payload: "" }],
  checkpoint: [
    {
      name: "newest",
      payload: {
        ...{ schema: 1, size: 4711 },
        checkpoint:
          "vestibule/branch-12/journal\n4711\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— vestibule/branch-12/journal Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n",
      },
    },
  ],
  cctvPreset: [
    {
      name: "forced",
      payload: { ...ofAlarm, preset: "Door", why: "DoorForcedOpen", since: "2026-11-21T08:15:30.123Z" },
    },
  ],
  cctvBookmark: [{ name: "forced", payload: { ...ofAlarm, from: "2026-11-21T08:15:30.123Z" } }],
  replayRequest: [
    { name: "sinceYesterday", payload: { schema: 1, after: 4711, limit: 1000 } },
    { name: "deniedOnly", payload: { after: 0, types: ["AccessDenied"] } },
  ],
  replayEnd: [
    { name: "more", payload: { schema: 1, end: true, after: 4711, count: 1000, next: 5711, more: true } },
    { name: "refused", payload: { schema: 1, end: true, refused: "busy" } },
  ],
  actionRequest: [
    {
      name: "lockdown",
      payload: {
        request: {
          ...{ schema: 1, site: "branch-12", action: "lockdown", vestibule: "v1" },
          ...{ reason: "Armed person reported in front of the branch.", nonce: "Yk3mB1mC0mZ6m9x1q7w2dA4s" },
          ...{ issuedAt: "2026-11-21T08:15:30.000Z", expiresAt: "2026-11-21T08:16:30.000Z", keys: ["li-1"] },
        },
        signatures: [{ key: "li-1", signature }],
      },
    },
  ],
  actionAnswer: [
    {
      name: "done",
      payload: {
        ...{
          schema: 1,
          action: "lockdown",
          nonce: "Yk3mB1mC0mZ6m9x1q7w2dA4s",
          accepted: true,
          outcome: "done",
        },
      },
    },
    {
      name: "late",
      payload: {
        ...{
          schema: 1,
          action: "lockdown",
          nonce: "Yk3mB1mC0mZ6m9x1q7w2dA4s",
          accepted: false,
          why: "expired",
        },
      },
    },
  ],
};
