/** Records about rules that were changed while the site ran, or in its file. */
export const ruleRecordTextsEn = {
  ConfigurationChanged: "{{changer}} changed the rules: {{rules}}. {{reason}}",
  RulesInForce: "Decisions at the doors are made by these rules from here on",
  ConfigurationRefused: "Rules that were changed do not hold: {{rules}}. {{why}}",
};

export const ruleTextsEn = {
  siteFile: "The site's file",
  kind: {
    "access-levels": "access levels",
    schedules: "schedules",
    holidays: "holidays",
    settings: "settings",
    "site-file": "all that it says",
  },
};
