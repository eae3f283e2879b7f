/** What the security centre asked for over MQTT, and what came of it. */
export const centreRecordTextsEn = {
  ReplayRequested: "The centre asked for events after {{after}} again",
  CentreRequestAccepted: "Request from the centre accepted: {{action}}, by {{operators}}. {{reason}}",
  CentreRequestCarriedOut: "Request from the centre, {{action}}: {{outcome}}",
  CentreRequestRefused: "REQUEST FROM OUTSIDE REFUSED, {{action}}: {{why}}",
  CentreRequestsSuppressed: "{{number}} more requests from outside were refused",
  CentreRequestsFlooding: "Requests from outside come too fast: none is heard for {{seconds}} s",
};
