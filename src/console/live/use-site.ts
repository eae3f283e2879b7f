import { createContext, useContext, useEffect, useState, useSyncExternalStore } from "react";
import type { LiveSite } from "./live-site.ts";
import { SiteConnection } from "./site-connection.ts";

const SiteContext = createContext<SiteConnection | null>(null);
export const SiteProvider = SiteContext.Provider;

/** One connection for as long as somebody is signed in. */
export function useConnection(onSignedOut: () => void): SiteConnection {
  const [connection] = useState(() => new SiteConnection(onSignedOut));
  useEffect(() => {
    connection.open();
    return () => connection.close();
  }, [connection]);
  return connection;
}

export function useSite(): LiveSite {
  const connection = useContext(SiteContext);
  if (connection === null) throw new Error("useSite outside SiteProvider");
  return useSyncExternalStore(connection.subscribe, connection.site);
}
