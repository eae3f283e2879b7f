import { useEffect, useState } from "react";
import { send } from "../api/http.ts";

/** A clip over a slow line. Milliseconds. */
const longest = 60_000;

export type FetchedPicture =
  | { readonly is: "none" | "loading" | "missing" }
  | { readonly is: "picture" | "clip"; readonly url: string };

/** What is kept under an address, fetched once, since who looks is recorded; given back when it is shown no more. */
export function useFetchedPicture(address: string | null): FetchedPicture {
  const [fetched, setFetched] = useState<FetchedPicture>({ is: "loading" });
  useEffect(() => {
    if (address === null) return;
    setFetched({ is: "loading" });
    let url: string | undefined;
    const stop = new AbortController();
    send("GET", address, undefined, longest, { signal: stop.signal }).then(
      (content) => {
        if (stop.signal.aborted) return;
        if (!(content instanceof Blob)) return setFetched({ is: "missing" });
        url = URL.createObjectURL(content);
        setFetched({ is: content.type.startsWith("video/") ? "clip" : "picture", url });
      },
      () => stop.signal.aborted || setFetched({ is: "missing" }),
    );
    return () => {
      stop.abort();
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [address]);
  return address === null ? { is: "none" } : fetched;
}
