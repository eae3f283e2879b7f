/** Cameras beside the access points' own pictures. */
export const cameraTextsEn = {
  heading: "Cameras",
  live: "LIVE",
  liveOf: "Live picture: {{camera}}",
  waiting: "Waiting for a picture. It is asked for again and again …",
  paused: "Paused while nobody sees it.",
  evidence: "Evidence",
  evidenceNumber: "No. {{number}}",
  loading: "Loading …",
};
