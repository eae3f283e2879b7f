import { useEffect, useState } from "react";
import { liveAddress } from "../api/site.ts";
import { PictureParts } from "./picture-parts.ts";

/** A camera gives five pictures a second: without one for so long it is not live. Milliseconds. */
const longestSilence = 4_000;
const retryAfter = 3_000;

/**
 * The address of a camera's newest picture, as long as `wanted`; null where there is none. Whatever was opened is ended and
 * given back with it: the connection, of which a browser has six, and the memory of each picture.
 */
export function useLivePicture(camera: string, wanted: boolean): string | null {
  const [picture, setPicture] = useState<string | null>(null);
  useEffect(() => {
    if (!wanted) return;
    const view = new LivePicture(camera, setPicture);
    view.open();
    return () => view.close();
  }, [camera, wanted]);
  return wanted ? picture : null;
}

class LivePicture {
  readonly #camera: string;
  readonly #show: (picture: string | null) => void;
  #shown: string | null = null;
  #stop = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(camera: string, show: (picture: string | null) => void) {
    this.#camera = camera;
    this.#show = show;
  }

  open(): void {
    void this.#read()
      .catch(() => undefined) // the same as an end: it is tried again
      .then(() => this.#again());
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#stop.abort();
    this.#take(null);
  }

  async #read(): Promise<void> {
    this.#stop = new AbortController();
    this.#expectPicture();
    const answer = await fetch(liveAddress(this.#camera, 0), {
      signal: this.#stop.signal,
      cache: "no-store",
    });
    if (!answer.ok || answer.body === null) return;
    const parts = new PictureParts();
    const reader = answer.body.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const newest = parts.take(read.value).at(-1);
      if (newest === undefined) continue;
      this.#expectPicture();
      this.#take(URL.createObjectURL(new Blob([newest], { type: "image/jpeg" })));
    }
  }

  #expectPicture(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#stop.abort(), longestSilence);
  }

  #again(): void {
    clearTimeout(this.#timer);
    this.#stop.abort();
    if (this.#closed) return;
    this.#take(null);
    this.#timer = setTimeout(() => this.open(), retryAfter);
  }

  #take(picture: string | null): void {
    const before = this.#shown;
    this.#shown = this.#closed ? null : picture;
    if (this.#closed && picture !== null) URL.revokeObjectURL(picture);
    if (!this.#closed) this.#show(picture);
    // The one before the last is drawn by nobody any more once this one is.
    if (before !== null) setTimeout(() => URL.revokeObjectURL(before), 1_000);
  }
}
