// As small as can be: it is there long before the rest of the page, and asks meanwhile for what the page will want.
import { askEarly } from "./api/early.ts";

// A wall's page asks as the screen it is, with nobody signed in.
if (!window.location.pathname.startsWith("/watch")) askEarly();
// Theme and language are asked of it later: the browser is fetching what this site keeps while nothing else is there to be done.
void localStorage.length;
await import("./console.tsx");
