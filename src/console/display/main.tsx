import "../theme/fonts.css";
import "./display.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { PageFailure } from "../page-failure.tsx";
import { DisplayConnection } from "./display-connection.ts";
import { DisplayPage } from "./display-page.tsx";
import { fetchLetters } from "./letters.ts";
import { careForItself } from "./self-care.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("display.html has no #root");
const connection = new DisplayConnection();
createRoot(root).render(
  <StrictMode>
    <PageFailure>
      <DisplayPage connection={connection} />
    </PageFailure>
  </StrictMode>,
);
connection.open();
void fetchLetters();
careForItself(connection);
// A finger on the glass does nothing.
document.addEventListener("contextmenu", (event) => event.preventDefault());
