/** What happened to alarms, and to what the box lives on. */
export const alarmRecordTextsEn = {
  AlarmRaised: "Alarm: {{alarm}}",
  AlarmRepeated: "Alarm seen again, {{number}} times by now: {{alarm}}",
  AlarmReturned: "Alarm over: {{alarm}}",
  AlarmAcknowledged: "Alarm acknowledged by {{by}}: {{alarm}}. {{comment}}",
  AlarmShelved: "Alarm shelved by {{by}}: {{alarm}}. {{reason}}",
  AlarmUnshelved: "Alarm no longer shelved: {{alarm}}",
  AlarmCommented: "{{by}} on the alarm {{alarm}}: {{comment}}",
  BatteryLow: "Battery low",
  BatteryRestored: "Battery good again",
  ClockUnsynchronised: "No time service has held the clock for {{minutes}} min",
  ClockSynchronised: "A time service holds the clock again",
} as const;
