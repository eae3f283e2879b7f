/** Pictures and clips: kept, looked at, deleted in their time, and what is not as it should be. */
export const evidenceRecordTextsEn = {
  AlarmEvidenceAdded: "Evidence added to alarm: {{alarm}}",
  EvidenceCaptured: "Evidence kept from “{{where}}”",
  EvidenceNotKept: "Evidence could not be kept, “{{where}}”: {{detail}}",
  EvidenceViewed: "{{operator}} looked at evidence",
  EvidencePruned: "{{files}} files of evidence deleted in their time",
  EvidenceNotDeleted: "Evidence that is due could not be deleted: {{detail}}",
  EvidenceSpaceExceeded: "What alarms left as evidence is over its limit, and may not be deleted yet",
  EvidenceSpaceRestored: "Evidence is within its limit again",
  EvidenceAuditBegun: "All evidence is being checked",
  EvidenceAuditEnded: "All evidence was checked: {{detail}}",
  EvidenceMissing: "Evidence is missing, and nothing says that it was deleted: record {{record}} names it",
  EvidenceAltered: "Evidence is not what was kept: record {{record}} names it",
};
