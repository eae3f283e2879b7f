/** Kinds of genuine presentations and of attack instruments. */
export const genuineKinds = ["moving", "turning"] as const;
export const attackSpecies = [
  "print",
  "bent-print",
  "cut-out",
  "phone",
  "tablet",
  "replay",
  "loop",
  "frozen",
  "mask",
] as const;

export type GenuineKind = (typeof genuineKinds)[number];
export type AttackSpecies = (typeof attackSpecies)[number];
/** Held before the camera; the others are the living person's own pictures, repeated. */
export type ArtefactSpecies = Exclude<AttackSpecies, "loop" | "frozen">;
export type Kind = GenuineKind | AttackSpecies;

export const kinds: readonly Kind[] = [...genuineKinds, ...attackSpecies];

/** What each kind is, for the report. */
export const described: Readonly<Record<Kind, string>> = {
  moving: "a living head: several pictures of one person, warped into one another, moving",
  turning: "a living head: one picture over a head's shape, turning, nodding, blinking",
  print: "a flat print, held by hand, turned and tilted",
  "bent-print": "a print bent about an upright axis",
  "cut-out": "a face cut out along its outline; in a third of them with holes through which eyes blink",
  phone: "a still picture on a phone, its edges mostly in view",
  tablet: "a still picture on a tablet or a monitor, its edges partly or wholly out of view",
  replay: "a clip of the living person on a phone or tablet",
  loop: "a short clip of the living person, again and again",
  frozen: "one frame of the living person that stands still",
  mask: "a print glued onto a rough head's shape; in a third of them with holes for the eyes",
};
