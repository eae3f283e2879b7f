/** What followed from alarms, and who looked on. */
export const alarmActionRecordTextsEn = {
  AlarmActionDone: "Done for “{{alarm}}”: {{action}} {{means}}",
  AlarmActionFailed: "Failed for “{{alarm}}”: {{action}} {{means}}. {{detail}}",
  AlarmOutputEnded: "Output {{means}} is at rest again: “{{alarm}}”",
  AlarmOutputFault: "Output {{means}} does not obey: {{detail}}",
  CameraPresetRequested: "The CCTV system is asked to turn “{{camera}}”: “{{alarm}}”",
  CameraWatched: "{{operator}} watches “{{camera}}” live",
};
export const alarmActionTextsEn = {
  output: "output",
  preset: "preset of",
  webhook: "call to",
  mail: "mail to",
  cctv: "CCTV system told",
};
