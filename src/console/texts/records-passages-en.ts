/** What people are asked for at an access point besides a card and a face, and what the rules on people say. */
export const passageRecordTextsEn = {
  RemoteVerificationStarted: "{{operator}} looks at {{who}}, who has no card, at “{{where}}”. {{reason}}",
  FaceMatched: "The face is that of {{who}}; more is asked for at “{{where}}”",
  PinAsked: "Asked for a PIN at “{{where}}”",
  PinEntered: "A PIN was entered at “{{where}}”",
  RemoteGrantAsked: "{{who}} waits for an operator's grant at “{{where}}”",
  PersonVerified: "{{who}} is verified at “{{where}}”",
  FaceCountAsked: "Counting the faces between the doors",
  TailgatingFound: "TAILGATING: more people between the doors than were verified; {{door}} stays locked",
  AntiPassbackNoticed: "Anti-passback: {{who}} was not where this passage begins, “{{where}}”",
  AccessWithdrawn: "Grant taken back: {{who}} at “{{where}}”, {{reason}}. Locked again unless already opened",
  DuressSignalled: "DURESS: {{who}} is being forced, “{{where}}”",
  KeypadLockoutEnded: "The keypad at “{{where}}” takes PINs again",
  DuressHoldEnded: "After the duress the inner door is released again as usual",
} as const;
