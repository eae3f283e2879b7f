import type { Said } from "../ports/services/commissioning-services.ts";
import type { TrialRequest, TrialVerdict } from "./door-trial.ts";
import { doorWords, said } from "./said.ts";

/** What the person at the doors is to do, in both languages: they may not be the one at the keyboard. */
export function requestText({ do: what, vestibule, door }: TrialRequest): Said {
  const named = door === undefined ? undefined : doorWords[door];
  switch (what) {
    case "closeBoth":
      return said(`${vestibule}: close both doors, please`, `${vestibule}：请关闭两扇门`);
    case "open":
      return said(
        `${vestibule}: open the ${named?.en}, please, and leave the other one alone`,
        `${vestibule}：请打开${named?.zh}，不要动另一扇门`,
      );
    case "close":
      return said(
        `${vestibule}: close the ${named?.en} again, please`,
        `${vestibule}：请重新关闭${named?.zh}`,
      );
  }
}

/** What a verdict means, and what to do about it. */
export const trialTexts: Readonly<Record<TrialVerdict, { readonly seen: Said; readonly todo?: Said }>> = {
  inOrder: {
    seen: said(
      "its lock let go, its own contact and bolt moved, the other door's did not",
      "本门电锁释放，本门门磁和锁舌动作，另一门未动作",
    ),
  },
  contactsSwapped: {
    seen: said("its lock was released and the OTHER door's contact moved", "释放本门后，另一扇门的门磁动作"),
    todo: said(
      "outer and inner are swapped: exchange the wires of the contacts, or of the locks if the other door let go",
      "内外门接反：请对调门磁接线；若是另一扇门被释放，则对调电锁接线。",
    ),
  },
  locksOrBoltsSwapped: {
    seen: said("its lock was released and the OTHER door's bolt moved", "释放本门后，另一扇门的锁舌动作"),
    todo: said(
      "outer and inner are swapped: exchange the wires of the locks, or of the bolt sensors if the right door let go",
      "内外门接反：请对调电锁接线；若释放的门正确，则对调锁舌传感器接线。",
    ),
  },
  boltDidNotMove: {
    seen: said("the door opened and its bolt never read retracted", "门已打开，但锁舌从未显示缩回"),
    todo: said("see to the bolt sensor and its wires", "请检查锁舌传感器及其接线。"),
  },
  notOpened: {
    seen: said("nothing moved while it was released", "开锁期间没有任何动作"),
    todo: said(
      "did anybody try? If the other door was free instead, locks, contacts and bolts are all swapped",
      "是否有人开门？若此时另一扇门可以打开，则电锁、门磁和锁舌全部接反。",
    ),
  },
  neverSecure: {
    seen: said(
      "the doors never became secure, so nothing was released",
      "两扇门未能同时处于安全状态，未释放任何门",
    ),
    todo: said(
      "close both doors; then look at the contacts and bolts above",
      "请关闭两扇门，并检查上面的门磁和锁舌。",
    ),
  },
};
