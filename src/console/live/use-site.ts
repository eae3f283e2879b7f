import { createContext, useContext, useEffect, useState, useSyncExternalStore } from "react";
import type { Right } from "../../domain/operator/rights.ts";
import type { LiveSite } from "./live-site.ts";
import { SiteConnection } from "./site-connection.ts";

const SiteContext = createContext<SiteConnection | null>(null);
export const SiteProvider = SiteContext.Provider;

/** One connection for as long as the same one watches. */
export function useConnection(rights: readonly Right[], onSignedOut: () => void): SiteConnection {
  const [connection] = useState(() => new SiteConnection(new Set(rights), onSignedOut));
  useEffect(() => {
    connection.open();
    return () => connection.close();
  }, [connection]);
  return connection;
}

/** Whether whoever watches has this right: what is not theirs is neither shown nor asked for. */
export function useMay(right: Right): boolean {
  return useSiteConnection().rights.has(right);
}

/** The connection itself, for what is done and not only shown. */
export function useSiteConnection(): SiteConnection {
  const connection = useContext(SiteContext);
  if (connection === null) throw new Error("outside SiteProvider");
  return connection;
}

export function useSite(): LiveSite {
  const connection = useSiteConnection();
  return useSyncExternalStore(connection.subscribe, connection.site);
}
