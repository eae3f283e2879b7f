import { matchPath } from "react-router";
import { pages } from "./pages.tsx";

/** Begins with what is at this address: whoever looks at it may turn out not to, but mostly does. */
export function fetchPage(pathname: string): void {
  void pages.find(({ path }) => matchPath(path, pathname) !== null)?.page.fetch();
}
