import { useEffect, useState } from "react";
import { send } from "../api/http.ts";

/** A clip over a slow line. Milliseconds. */
const longest = 60_000;

export type FetchedPicture =
  | { readonly is: "none" | "loading" | "missing" }
  | { readonly is: "picture" | "clip"; readonly url: string };

/** What is kept under an address, fetched once, since who looks is recorded; given back when it is shown no more. */
export function useFetchedPicture(address: string | null): FetchedPicture {
  const [last, setLast] = useState<{ readonly of: string; readonly fetched: FetchedPicture } | null>(null);
  useEffect(() => {
    if (address === null) return;
    let url: string | undefined;
    const stop = new AbortController();
    const show = (fetched: FetchedPicture): void => {
      if (!stop.signal.aborted) setLast({ of: address, fetched });
    };
    send("GET", address, undefined, longest, { signal: stop.signal, watching: true }).then(
      (content) => {
        if (stop.signal.aborted) return;
        if (!(content instanceof Blob)) return show({ is: "missing" });
        url = URL.createObjectURL(content);
        show({ is: content.type.startsWith("video/") ? "clip" : "picture", url });
      },
      () => show({ is: "missing" }),
    );
    return () => {
      stop.abort();
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [address]);
  if (address === null) return { is: "none" };
  return last?.of === address ? last.fetched : { is: "loading" };
}
