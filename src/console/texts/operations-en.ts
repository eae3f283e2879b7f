/** What holds for the whole door pair, and what operators may do about it. */
export const operationTextsEn = {
  mode: {
    normal: "Normal operation",
    degraded: "Degraded",
    override: "Emergency override",
    lockdown: "Lockdown",
    emergency: "Emergency: doors are free",
    silent: "The interlock is silent: nothing is known of the doors.",
    missing: "Something is missing, see the system line below.",
    overridden: "Two operators have released doors; it ends by itself.",
    fireActive: "The fire input says fire. Doors stay released until it is quiet and an operator resets it.",
    fireQuiet: "The fire input is quiet. Doors stay released until an operator resets the emergency.",
    lockedBy: {
      order: "Ordered by an operator: no door is released.",
      input: "By the switch: no door is released.",
      both: "Ordered by an operator, and by the switch: no door is released.",
    },
    note: {
      detained: "Somebody has been between the doors for too long",
      tampered: "The housing is open",
      mains: "Mains power lost",
      battery: "The battery is low",
      fireFault: "The fire input cannot be read",
    },
  },
  waiting: {
    who: "{{who}} waits for an operator: {{accessPoint}}. Look at the camera picture first.",
    somebody: "Somebody",
    grant: "Let in",
    deny: "Send away",
  },
  operations: {
    heading: "What operators do",
    why: "Why? This goes into the record.",
    needsReason: "Please write why first.",
    cancel: "Cancel",
    which: "Which doors",
    join: "Join as the second operator",
    proposedBy: "{{who}} asks to override: {{doors}}. A second operator can make it so within half a minute.",
    proposedByYou:
      "You have asked to override: {{doors}}. A second operator, signed in with an account of their own elsewhere, has half a minute to join.",
    notRecorded: "Done. The record could not be written yet; it will be as soon as the storage works again.",
    failed: "That was not done: {{detail}}",
    lockdown: {
      button: "Lock down",
      explained:
        "Secures both doors at once. No card and no exit button opens anything, through every restart, until it is lifted. Whoever is between the doors stays there.",
      confirm: "Lock down now",
    },
    lift: {
      button: "Lift the lockdown",
      explained: "Cards and exit buttons open doors again as usual.",
      confirm: "Lift it now",
    },
    override: {
      button: "Override",
      explained:
        "Releases doors for a while, whatever the other one does: both may then be open. Takes two operators, each signed in with an account of their own, asking for the same doors within half a minute.",
      confirm: "Ask for it",
    },
    reset: {
      button: "Reset the emergency",
      explained: "Locks the doors that the fire released. Only once nobody needs them any more.",
      confirm: "Reset now",
    },
    failure: {
      "nobody-waits": "Nobody waits there any more.",
      "same-person": "You have asked for this already. It takes a second operator.",
      "locked-down": "Lockdown stands above an override. Lift it first.",
      "interlock-silent": "The interlock has not confirmed it. Look at the doors before you try again.",
      "emergency-active": "The fire input still says fire. Reset the fire panel or the break-glass first.",
      "no-emergency": "There is no emergency to reset.",
    },
  },
} as const;
