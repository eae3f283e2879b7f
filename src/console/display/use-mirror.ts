import { useEffect, useState } from "react";
import { PictureParts } from "../cameras/picture-parts.ts";

const address = "/api/v1/display/mirror";
/** A camera that was asleep takes a moment; asked again until there is nothing to be asked for. */
const retryAfter = 400;

/** The address of the newest picture of whoever stands there, as long as `wanted`; null where there is none. */
export function useMirror(wanted: boolean): string | null {
  const [picture, setPicture] = useState<string | null>(null);
  useEffect(() => {
    if (!wanted) return;
    const stop = new AbortController();
    void follow(stop.signal, setPicture);
    return () => stop.abort();
  }, [wanted]);
  // Each picture is given back when the next one is shown: a screen runs for months.
  useEffect(() => {
    if (picture === null) return;
    return () => URL.revokeObjectURL(picture);
  }, [picture]);
  return wanted ? picture : null;
}

async function follow(signal: AbortSignal, show: (picture: string | null) => void): Promise<void> {
  while (!signal.aborted) {
    await read(signal, show).catch(() => undefined); // the same as an end: it is tried again
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, retryAfter));
  }
  show(null);
}

async function read(signal: AbortSignal, show: (picture: string) => void): Promise<void> {
  const answer = await fetch(address, { signal, cache: "no-store" });
  if (!answer.ok || answer.body === null) return;
  const parts = new PictureParts();
  const reader = answer.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const newest = parts.take(part.value).at(-1);
    if (newest !== undefined && !signal.aborted)
      show(URL.createObjectURL(new Blob([newest], { type: "image/jpeg" })));
  }
}
