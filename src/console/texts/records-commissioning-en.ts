/** What an installer did with the doors before people depended on them. */
export const commissioningRecordTextsEn = {
  CommissioningBegan: "Commissioning begun by {{operator}}: cards open nothing",
  CommissioningEnded: "Commissioning ended by {{operator}}: cards work again",
  CommissioningTested: "Commissioning test {{test}}: {{verdict}}",
  CommissioningTestLeftOut: "Commissioning test {{test}} left out by {{operator}}",
  CommissioningTestBroke: "Commissioning test {{test}} broke off: {{detail}}",
  CommissioningRelease: "{{door}} to be released for a commissioning test by {{operator}}",
  DraftChanged: "Draft of the site's file changed by {{operator}}",
  DraftDiscarded: "Draft of the site's file thrown away by {{operator}}",
  SecretKept: "A secret was given by {{operator}}",
  ConfigurationApplied: "Another site file applied by {{operator}}: {{reason}}",
  ConfigurationTakenBack: "The applied site file could not run and was taken back: {{detail}}",
};

export const commissioningVerdictTextsEn = {
  passed: "passed",
  doubtful: "passed, with a remark",
  failed: "FAILED",
};
