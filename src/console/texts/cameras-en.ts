/** Cameras beside the access points' own pictures. */
export const cameraTextsEn = {
  heading: "Cameras",
  live: "LIVE",
  liveOf: "Live picture: {{camera}}",
  noPicture: "The camera gives no picture now.",
  again: "Try again",
  evidence: "Evidence",
  evidenceNumber: "No. {{number}}",
  loading: "Loading …",
};
