/** Each step: its name, what it is for, and what the installer has in hand. */
export const commissioningStepTextsEn = {
  board: {
    name: "Board",
    lead: "Say what this box is. Everything else follows from it.",
    how: "Look at the box's label, choose the board and give the site a name. Then apply.",
  },
  lines: {
    name: "Contacts",
    lead: "Open the outer door now. The line that moves lights up below.",
    how: "One door, one hand: open it, look, close it. If another line lights up than the one that is named, the wires are exchanged: mend it, or say here which line it is.",
  },
  doors: {
    name: "Doors",
    lead: "Which lock each door has, and whether everything belongs to the right door.",
    how: "Choose the kind of each lock. Then try each door: its lock lets go, you open that door and no other. Exchanged locks, contacts and bolts are found.",
  },
  relays: {
    name: "Relays",
    lead: "Each lock is switched once. The interlock watches: never both.",
    how: "Listen at the lock: it clicks when it is released, and clicks back. Close both doors first.",
  },
  inputs: {
    name: "Bolts and inputs",
    lead: "Every other wire is seen to move once: bolts, exit buttons, fire, lid, key switch, mains.",
    how: "Start, do what is asked, and see it move. For fire, use the panel's own test; the locks let go in hardware.",
  },
  readers: {
    name: "Readers",
    lead: "Present any card at each reader and see it arrive.",
    how: "A card that nobody has registered will do. Take the reader that is named, and no other: exchanged readers are found this way.",
  },
  cameras: {
    name: "Cameras",
    lead: "See each picture, then stand there: is the face large and bright enough?",
    how: "Find the cameras or type an address. Then somebody stands at the reader, as people will, and you are told what is missing.",
  },
  clock: {
    name: "Clock",
    lead: "Records and schedules are only as good as the clock.",
    how: "Choose the time zone and compare with your own clock. The box should take its time from a server.",
  },
  broker: {
    name: "Centre",
    lead: "Events reach the security centre through the message broker.",
    how: "Say where the broker is. Then a message is sent and has to come back.",
  },
  interlock: {
    name: "Interlock",
    lead: "Now show that it holds: with one door open the other never lets go.",
    how: "Do what is asked, step by step, best with whoever takes the site over beside you.",
  },
  report: {
    name: "Report",
    lead: "What was tested, what is open, and your name under it.",
    how: "Go through it with whoever takes the site over, then end and sign.",
  },
} as const;
