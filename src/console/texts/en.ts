import { accountTextsEn, rightTextsEn } from "./accounts-en.ts";
import { alarmTextsEn } from "./alarms-en.ts";
import { cameraTextsEn } from "./cameras-en.ts";
import { cardholderTextsEn } from "./cardholders-en.ts";
import { centreTextsEn } from "./centre-en.ts";
import { commissioningTextsEn } from "./commissioning-en.ts";
import { doorDisplayTextsEn } from "./door-displays-en.ts";
import { doorScreenTextsEn } from "./door-screen-en.ts";
import { eventsTextsEn } from "./events-en.ts";
import { healthTextsEn } from "./health-en.ts";
import { liveTextsEn } from "./live-en.ts";
import { mimicTextsEn } from "./mimic-en.ts";
import { operationTextsEn } from "./operations-en.ts";
import { operatorTextsEn } from "./operators-en.ts";
import { peopleNowTextsEn } from "./people-now-en.ts";
import { recordTextsEn } from "./records-en.ts";
import { reportTextsEn } from "./reports-en.ts";
import { ruleFieldTextsEn } from "./rule-fields-en.ts";
import { rulePageTextsEn } from "./rules-en.ts";
import { sessionTextsEn } from "./session-en.ts";
import { shellTextsEn } from "./shell-en.ts";
import { systemTextsEn } from "./system-en.ts";
import { watchTextsEn } from "./watch-en.ts";
import { watchScreenTextsEn } from "./watch-screens-en.ts";
import { whyTextsEn } from "./why-en.ts";

export const en = {
  app: {
    name: "Vestibule",
    tagline: "Two doors, never both open",
    language: "中文",
    languageLabel: "切换到中文",
    signOut: "Sign out",
    skip: "Skip to the controls",
    demoBadge: "Demo site",
    lost: "Connection lost. Trying again every second …",
    connecting: "Connecting …",
    nothingHere: "Nothing yet",
  },
  operators: operatorTextsEn,
  accounts: accountTextsEn,
  rights: rightTextsEn,
  cameras: cameraTextsEn,
  cardholders: cardholderTextsEn,
  centre: centreTextsEn,
  commissioning: commissioningTextsEn,
  events: eventsTextsEn,
  live: liveTextsEn,
  watch: watchTextsEn,
  watchScreens: watchScreenTextsEn,
  peopleNow: peopleNowTextsEn,
  mimic: mimicTextsEn,
  session: sessionTextsEn,
  area: { outside: "Street", vestibule: "Vestibule", secure: "Vault" },
  door: { outer: "Outer door", inner: "Inner door" },
  theDoor: { outer: "the outer door", inner: "the inner door" },
  accessPoint: {
    "outer-entry": "Outer door, in",
    "inner-entry": "Inner door, in",
    "inner-exit": "Inner door, out",
    "outer-exit": "Outer door, out",
  },
  lock: { secured: "Locked", released: "Released" },
  contact: {
    label: "Contact",
    open: "open",
    closed: "closed",
    fault: "fault",
    unread: "not read yet",
  },
  bolt: {
    label: "Bolt",
    thrown: "thrown",
    retracted: "retracted",
    fault: "fault",
    unfitted: "not fitted",
    unread: "not read yet",
  },
  secure: { label: "Secure", yes: "yes", no: "no" },
  display: {
    ready: "Present your card",
    wait: "Please wait",
    look: "Look at the camera",
    turnLeft: "Turn your head to your left",
    turnRight: "Turn your head to your right",
    blink: "Blink once",
    openMouth: "Open your mouth",
    enterPin: "Enter your PIN, then #",
    nextPerson: "Next person, please",
    waitForHost: "Please wait for your host",
    waitForStaff: "Please wait: the staff is looking",
    welcome: "Welcome. Push the door",
    tryAgain: "Please try again",
    askStaff: "Please ask the staff",
    closeDoor: "Please close the door",
    occupied: "Occupied. Wait until somebody comes out",
    closed: "Closed for the moment. Please wait",
    doorOpen: "The door is open. Push it",
    keepClear: "Emergency. Do not enter",
  },
  displaySteps: "{{step}} of {{of}}",
  hint: {
    stepCloser: "Step closer",
    oneAtATime: "One person at a time",
    moreLight: "More light, please",
    faceCamera: "Face the camera",
  },
  building: {
    title: "The door pair, live",
    picture: "Side view: the street, the outer door, the vestibule, the inner door, the vault.",
    doorSays: "{{door}}: {{lock}}, {{contact}}.",
    personAt: "{{name}}: {{area}}.",
    occupancy: "People between the doors: {{number}}",
    bank: "BANK",
    until: "open for {{seconds}} s",
  },
  camera: {
    alt: "What the camera sees: {{accessPoint}}",
    none: "No picture",
    frozen: "Picture stands still",
    covered: "Nothing to see",
    lost: "Camera lost",
    ahead: "Its clock is {{seconds}} s ahead",
    behind: "Its clock is {{seconds}} s behind",
  },
  point: {
    heading: "At the four readers",
    lead: "Click one to stand there.",
    choose: "Stand here",
    chosen: "You stand here",
    side: {
      "outer-entry": "Street side",
      "outer-exit": "Vestibule, way out",
      "inner-entry": "Vestibule, way in",
      "inner-exit": "Vault side",
    },
  },
  story: {
    heading: "Try it",
    where: "You are at: {{accessPoint}}",
    who: "Who stands at the camera?",
    card: "Present a card",
    keypad: "Keypad",
    keypadAsked: "Keypad: the display asks for a PIN",
    keypadEnter: "Enter",
    keypadClear: "Clear",
    door: "The door",
    people: {
      nobody: "Nobody",
      two: "Two people",
      print: "Hold up their photo",
      screen: "Hold up a phone",
      frozen: "Freeze the picture",
      dark: "Cover the lens",
    },
    cardOf: "{{name}}'s card",
    cardUnknown: "Unknown card",
    action: {
      open: "Push it open",
      close: "Let it close",
      prop: "Prop it open",
      force: "Force it with a crowbar",
    },
    which: "Which door",
    box: {
      heading: "What is wired to the box",
      fire: "Fire",
      lockdown: "Lockdown switch",
      tamper: "Open the housing",
      mains: "Cut the mains",
      battery: "Run the battery down",
      buzzerSounds: "The buzzer sounds.",
      buzzerSilent: "The buzzer is silent.",
    },
    outcome: {
      locked: "The lock holds: {{theDoor}} does not move.",
      alreadyOpen: "No need: {{theDoor}} is open already.",
      alreadyClosed: "No need: {{theDoor}} is closed already.",
      failed: "That did not work: {{detail}}",
      unreachable: "The controller does not answer.",
    },
  },
  tour: {
    heading: "Six things to try",
    progress: "{{done}} of {{all}}",
    next: "Next",
    showMe: "Show me",
    showing: "Watch …",
    restart: "Start over",
    finished:
      "That was all six: you have seen the interlock refuse, the face decide, and every bit of mischief end in an alarm and in the record.",
    item: {
      goIn: {
        title: "Go in as {{name}}",
        how: "Put {{name}} before the outer door's camera, present {{name}}'s card, then push the outer door.",
      },
      interlocked: {
        title: "Try both doors at once",
        how: "While the outer door is open, present a card at the inner door. It must refuse.",
      },
      mismatch: {
        title: "Use someone else's card",
        how: "Put {{other}} before the camera and present {{name}}'s card. The face does not match.",
      },
      heldOpen: {
        title: "Hold a door open",
        how: "Get a door released, prop it open, and wait: first a warning, then an alarm.",
      },
      forced: {
        title: "Force a door",
        how: "Take the crowbar to a locked door. The alarm is there before you are in.",
      },
      acknowledged: {
        title: "Acknowledge the alarm",
        how: "Write what you saw beside the alarm and acknowledge it, as an operator would.",
      },
    },
    now: {
      outerOpen: "The outer door is open. Try the inner door now: it must refuse.",
      pushNow: "{{door}} is released. Push it open before the time is up!",
      verifying: "The camera looks, the face is compared with this one cardholder only …",
      propped: "It stands open. Keep it so for fifteen seconds and see …",
    },
    done: "done",
    open: "still to try",
  },
  record: {
    heading: "Record, live",
    lead: "Every decision is in the journal before a door moves.",
    details: "Details",
    seq: "No. {{seq}}",
    allRecords: "All records",
    important: "What matters",
    filter: "Which records",
    score: "Face distance {{distance}}, limit {{threshold}}",
    vote: "Second recogniser: face distance {{distance}}, limit {{threshold}}",
    scoreBetter: "same person",
    scoreWorse: "someone else",
    evidence: "Picture that decided",
    noEvidence: "The picture is not kept any more.",
    timing: "Timings",
    timingMs: "{{ms}} ms",
    facts: "What was recorded",
    hash: "Chain hash",
  },
  alarms: {
    heading: "Alarms",
    none: "No open alarms.",
    since: "since {{time}}",
    times: "{{number}} times",
    comment: "What did you see?",
    acknowledge: "Acknowledge",
    acknowledgedBy: "Acknowledged by {{name}}: {{comment}}",
    needsComment: "Please write a word about it first.",
    evidence: "Picture",
    announce: "Alarm: {{what}}, {{where}}",
    ...alarmTextsEn,
  },
  people: {
    heading: "People and photos",
    summary: "{{number}} registered, {{lacking}} whose photos lack something",
    photos: "{{number}} photos",
    enough: "enough",
    ageing: "The face moves away from these photos: enrol anew.",
    addPhoto: "Add a photo (JPEG or PNG)",
    working: "Looking at it…",
    enrolled: "Enrolled.",
    noAnswer: "No answer. Please try again.",
    somebodyElses: "This face is enrolled already: {{names}}. Nothing was stored.",
    distinct: "They are two people: enrol it all the same",
  },
  doorScreen: doorScreenTextsEn,
  doorDisplays: doorDisplayTextsEn,
  health: healthTextsEn,
  reports: reportTextsEn,
  system: systemTextsEn,
  shell: shellTextsEn,
  rulePages: rulePageTextsEn,
  ruleFields: ruleFieldTextsEn,
  why: whyTextsEn,
  ...operationTextsEn,
  ...recordTextsEn,
} as const;
