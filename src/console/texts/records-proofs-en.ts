/** Records about what proves the journal to somebody elsewhere. */
export const proofRecordTextsEn = {
  JournalKeyChanged: "The journal is signed with a new key from here on",
  JournalKeyRotationOrdered: "{{operator}} ordered a new key for the journal",
  WitnessReturned: "The witness has cosigned the journal again",
  WitnessSilent: "NOT WITNESSED: {{detail}}",
  WitnessContradicted: "THE WITNESS SAW ANOTHER JOURNAL: {{detail}}",
} as const;
