/** Pictures and clips: kept, looked at, deleted in their time, and what is not as it should be. */
export const evidenceRecordTextsEn = {
  AlarmEvidenceAdded: "Evidence added to alarm: {{alarm}}",
  EvidenceCaptured: "Evidence kept from “{{where}}”",
  EvidenceNotKept: "Evidence could not be kept: {{detail}}",
  EvidenceViewed: "{{operator}} looked at evidence",
  EvidencePruned: "{{files}} files of evidence deleted in their time",
  EvidenceNotDeleted: "Evidence that is due could not be deleted: {{detail}}",
  EvidenceSpaceExceeded: "What alarms left as evidence is over its limit, and may not be deleted yet",
  EvidenceSpaceRestored: "Evidence is within its limit again",
  EvidenceAudited: "All evidence was checked: {{files}} files, {{found}} not as they should be",
  EvidenceMissing: "Evidence is missing, and no record says that it was deleted",
  EvidenceAltered: "Evidence is not what was kept",
};
