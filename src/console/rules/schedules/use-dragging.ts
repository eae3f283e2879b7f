import { type PointerEvent, useRef, useState } from "react";
import { type DayKind, dayKinds } from "../../../domain/access/access.ts";
import { type Block, dayAfter, movedTo, resizedTo, same, snapped, step, wholeDay } from "./blocks.ts";

type Drag =
  | { readonly does: "paint"; readonly day: DayKind; readonly from: number; readonly at: Block }
  | { readonly does: "move"; readonly block: Block; readonly grip: number; readonly at: Block }
  | { readonly does: "resize"; readonly block: Block; readonly edge: "from" | "to"; readonly at: Block };

export interface Dragged {
  /** What was there before; null where it is new. */
  readonly block: Block | null;
  readonly at: Block;
}

/**
 * Painting, moving and stretching by mouse, pen or finger. Rows carry `data-day`, blocks `data-from` and `data-to`,
 * their ends `data-edge`; what is under way is shown and counts only when it is let go.
 */
export function useDragging(onDropped: (dragged: Dragged) => void, onChosen: (block: Block) => void) {
  const gridRef = useRef<HTMLFieldSetElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);

  const begin = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0 || !(event.target instanceof HTMLElement)) return;
    const place = placeOf(gridRef.current, event);
    const track = event.target.closest("[data-track]");
    if (place === undefined || track === null) return;
    const block = blockUnder(event.target);
    const edge = event.target.closest<HTMLElement>("[data-edge]")?.dataset["edge"];
    event.currentTarget.setPointerCapture(event.pointerId);
    if (block === undefined) {
      event.preventDefault();
      const from = Math.min(wholeDay - step, Math.max(0, snapped(place.minute - step / 2)));
      setDrag({ does: "paint", day: place.day, from, at: { day: place.day, from, to: from + step } });
    } else if (edge === "from" || edge === "to") setDrag({ does: "resize", block, edge, at: block });
    else if (event.target.closest("[data-rest]") === null)
      setDrag({ does: "move", block, grip: place.minute - block.from, at: block });
    else onChosen(block);
  };

  const move = (event: PointerEvent<HTMLElement>): void => {
    const place = placeOf(gridRef.current, event);
    if (drag === null || place === undefined) return;
    setDrag({ ...drag, at: draggedTo(drag, place) });
  };

  const end = (): void => {
    if (drag === null) return;
    setDrag(null);
    const block = drag.does === "paint" ? null : drag.block;
    if (block !== null && same(block, drag.at)) onChosen(block);
    else onDropped({ block, at: drag.at });
  };

  const cancel = (): void => setDrag(null);
  const dragged: Dragged | null =
    drag === null ? null : { block: drag.does === "paint" ? null : drag.block, at: drag.at };
  return {
    gridRef,
    dragged,
    handlers: { onPointerDown: begin, onPointerMove: move, onPointerUp: end, onPointerCancel: cancel },
  };
}

interface Place {
  readonly day: DayKind;
  readonly minute: number;
}

function draggedTo(drag: Drag, { day, minute }: Place): Block {
  if (drag.does === "move") return movedTo(drag.block, day, snapped(minute - drag.grip));
  if (drag.does === "resize") {
    // The row below is the morning after.
    const isNext = day === dayAfter(drag.block.day) && day !== drag.block.day;
    return resizedTo(drag.block, drag.edge, snapped(minute) + (isNext && drag.edge === "to" ? wholeDay : 0));
  }
  const to = Math.min(wholeDay, Math.max(0, snapped(minute)));
  const [first, last] = to > drag.from ? [drag.from, to] : [to, drag.from + step];
  return { day: drag.day, from: first, to: Math.max(last, first + step) };
}

/** Which row is under the pointer, and which minute of it: beyond its right end is the night. */
function placeOf(grid: HTMLElement | null, { clientX, clientY }: PointerEvent): Place | undefined {
  const rows = [...(grid?.querySelectorAll<HTMLElement>("[data-track]") ?? [])];
  const rects = rows.map((row) => row.getBoundingClientRect());
  const nearest = rects
    .map((rect, index) => ({ index, away: Math.abs((rect.top + rect.bottom) / 2 - clientY) }))
    .toSorted((a, b) => a.away - b.away)[0];
  const [row, rect] = [rows[nearest?.index ?? -1], rects[nearest?.index ?? -1]];
  const day = dayKinds.find((one) => one === row?.dataset["track"]);
  if (rect === undefined || day === undefined) return undefined;
  return { day, minute: ((clientX - rect.left) / rect.width) * wholeDay };
}

function blockUnder(target: HTMLElement): Block | undefined {
  const data = target.closest<HTMLElement>("[data-block]")?.dataset;
  const day = dayKinds.find((one) => one === data?.["block"]);
  return data === undefined || day === undefined
    ? undefined
    : { day, from: Number(data["from"]), to: Number(data["to"]) };
}
