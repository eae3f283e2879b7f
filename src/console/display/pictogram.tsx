import type { Shown, Title } from "./shown.ts";

const head = "M48 12a24 30 0 1 1 0 60a24 30 0 1 1 0-60Z";
const eyes = "M39 38v.5M57 38v.5";
const person = "M48 10a13 13 0 1 1 0 26a13 13 0 1 1 0-26ZM22 84V66q0-20 26-20t26 20v18";
const door = "M28 86V10h40v76M16 86h64";

/** Line drawings that need no words; strokes so thick that they are seen from two metres. */
const drawings: Readonly<Record<Title, string>> = {
  ready: "M12 30h52v36H12zM12 42h52M22 56h14M74 34q8 14 0 28M84 28q12 20 0 40",
  look: `${head}${eyes}M39 56q9 7 18 0M8 22V8h14M74 8h14v14M88 64v14H74M22 78H8V64`,
  turnLeft:
    "M56 14a22 29 0 1 1 0 58a22 29 0 1 1 0-58ZM46 38v.5M60 38v.5M46 56q6 4 12 0M26 43H6m12-14L4 43l14 14",
  turnRight:
    "M40 14a22 29 0 1 1 0 58a22 29 0 1 1 0-58ZM36 38v.5M50 38v.5M38 56q6 4 12 0M70 43h20M78 29l14 14-14 14",
  blink: `${head}M33 38q6 6 12 0M51 38q6 6 12 0M40 57h16`,
  openMouth: `${head}${eyes}M48 50a8 9 0 1 1 0 18a8 9 0 1 1 0-18Z`,
  enterPin:
    "M24 8h48v80H24zM38 26v.5M48 26v.5M58 26v.5M38 42v.5M48 42v.5M58 42v.5M38 58v.5M48 58v.5M58 58v.5M48 74v.5",
  nextPerson: "M32 14a11 11 0 1 1 0 22a11 11 0 1 1 0-22ZM10 84V66q0-18 22-18t22 18v18M72 22v28M58 36h28",
  waitForHost:
    "M30 16a11 11 0 1 1 0 22a11 11 0 1 1 0-22ZM8 84V68q0-18 22-18t22 18v16M72 30a16 16 0 1 1 0 32a16 16 0 1 1 0-32ZM72 38v9l6 4",
  waitForStaff: "M6 48q18-30 42-30t42 30q-18 30-42 30T6 48ZM48 34a14 14 0 1 1 0 28a14 14 0 1 1 0-28Z",
  wait: "M48 8a40 40 0 1 1 0 80a40 40 0 1 1 0-80ZM48 26v24l16 10",
  occupied: `${door}M48 30a8 8 0 1 1 0 16a8 8 0 1 1 0-16ZM38 72V62q0-10 10-10t10 10v10`,
  welcome: "M10 86V10h36v76M4 86h48M36 50v.5M56 48h34M74 30l18 18-18 18",
  tryAgain: "M18 50a30 30 0 1 0 9-22M18 12v22h22",
  askStaff: `${person}M78 12v18M78 42v.5`,
  closeDoor: "M14 86V10h26v76M4 86h88M32 50v.5M88 48H56M70 32L54 48l16 16",
  closed: "M28 44V30a20 20 0 0 1 40 0v14M18 44h60v42H18zM48 58v12",
  doorOpen:
    "M8 86V10h30v76M52 16a7 7 0 1 1 0 14a7 7 0 1 1 0-14ZM46 50l10-12l12 10h12M56 40l-4 20l14 10v16M52 60l-8 24",
  keepClear: "M48 8a40 40 0 1 1 0 80a40 40 0 1 1 0-80ZM24 48h48",
  outOfService: "M48 8a40 40 0 1 1 0 80a40 40 0 1 1 0-80ZM20 20l56 56",
  starting: "M48 10a38 38 0 1 1-38 38",
  pairing: "M8 16h80v52H8zM34 86h28M48 68v18M24 42v.5M40 42v.5M56 42v.5M72 42v.5",
};

/** What to do better, in place of the sign that it was not good enough. */
const hints: Partial<Readonly<Record<NonNullable<Shown["detail"]>, string>>> = {
  stepCloser: `M48 8a11 11 0 1 1 0 22a11 11 0 1 1 0-22ZM26 66V56q0-18 22-18t22 18v10M48 60v28M36 76l12 12l12-12`,
  oneAtATime: "M30 18a11 11 0 1 1 0 22a11 11 0 1 1 0-22ZM8 84V70q0-18 22-18t22 18v14M64 30l24 36M88 30L64 66",
  moreLight:
    "M48 30a18 18 0 1 1 0 36a18 18 0 1 1 0-36ZM48 6v10M48 80v10M6 48h10M80 48h10M18 18l8 8M70 70l8 8M18 78l8-8M70 26l8-8",
  faceCamera: drawings.look,
};

export function Pictogram({ title, hint }: { readonly title: Title; readonly hint: Shown["detail"] }) {
  const drawing = (hint === null ? undefined : hints[hint]) ?? drawings[title];
  return (
    <svg className="pictogram" data-title={title} viewBox="0 0 96 96" aria-hidden="true">
      <path d={drawing} />
    </svg>
  );
}
