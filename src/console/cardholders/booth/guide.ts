import type { LookAtPictureData } from "../../api/client.ts";
import type { Language } from "../../texts/person-name.ts";

/** What the person before the camera is told. */
export type Said =
  | { readonly is: "good" }
  | { readonly is: "closer" | "back" | "middle" }
  | { readonly is: "advice"; readonly text: string };

/** Shares of the picture: a face that fills the oval. */
const smallestFace = 0.26;
const largestFace = 0.8;
const mostBeside = 0.16;
const mostAbove = 0.22;

/** What makes every other advice idle: there is nobody, or there are two. */
const first: ReadonlySet<string> = new Set(["onePerson", "tryAgain"]);

/** One thing at a time, the coarse before the fine: where to stand, then what the server says of the face. */
export function guideOf(look: LookAtPictureData, language: Language): Said {
  const { box, width, height, advice } = look;
  const urgent = advice.find(({ what }) => first.has(what));
  const [best] = advice;
  const told = urgent ?? (box === null ? best : undefined);
  if (told !== undefined) return { is: "advice", text: told[language] };
  if (box !== null) {
    const share = box.height / height;
    if (share < smallestFace) return { is: "closer" };
    if (share > largestFace) return { is: "back" };
    const beside = Math.abs((box.x + box.width / 2) / width - 0.5);
    const above = Math.abs((box.y + box.height / 2) / height - 0.5);
    if (beside > mostBeside || above > mostAbove) return { is: "middle" };
  }
  return best === undefined ? { is: "good" } : { is: "advice", text: best[language] };
}
