const units = {
  eyeDistance: "pixels",
  sharpness: "plain",
  brightness: "plain",
  contrast: "plain",
  yaw: "degrees",
  pitch: "degrees",
  roll: "degrees",
  clipped: "share",
  eyes: "share",
  glare: "share",
  mouth: "share",
  glasses: "share",
} as const;

export type QualityFigure = keyof typeof units;

/** What was measured of a photo, as a person reads it; what this page does not know is left out. */
export function qualityFacts(
  quality: Readonly<Partial<Record<string, number>>>,
): readonly { readonly figure: QualityFigure; readonly text: string }[] {
  // Keys of a literal: nothing else can be in it.
  return (Object.keys(units) as QualityFigure[]).flatMap((figure) => {
    const value = quality[figure];
    return value === undefined ? [] : [{ figure, text: textOf(value, units[figure]) }];
  });
}

function textOf(value: number, unit: (typeof units)[QualityFigure]): string {
  switch (unit) {
    case "pixels":
      return `${Math.round(value)} px`;
    case "degrees":
      return `${Math.round(value)}°`;
    case "share":
      return `${Math.round(value * 100)} %`;
    case "plain":
      return String(Math.round(value));
  }
}
