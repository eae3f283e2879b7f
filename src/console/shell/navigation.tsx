import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { Icon } from "../theme/icons.tsx";
import { type ConsolePage, groups } from "./pages.tsx";

/** At the side; on a phone folded behind a button. */
export function Navigation({ pages }: { readonly pages: readonly ConsolePage[] }) {
  const { t } = useTranslation();
  const fold = useRef<HTMLDetailsElement>(null);
  const listed = pages.filter(({ path }) => !path.includes(":"));
  const shut = (): void => {
    if (fold.current !== null) fold.current.open = false;
  };
  return (
    <details className="navigation" ref={fold}>
      <summary>{t("shell.menu")}</summary>
      <nav aria-label={t("shell.menu")}>
        {groups.map((group) => (
          <Group key={group} name={group} pages={listed.filter((one) => one.group === group)} onGo={shut} />
        ))}
      </nav>
    </details>
  );
}

function Group(props: {
  readonly name: (typeof groups)[number];
  readonly pages: readonly ConsolePage[];
  readonly onGo: () => void;
}) {
  const { t } = useTranslation();
  if (props.pages.length === 0) return null;
  return (
    <section className="navigation-group">
      <h2>{t(`shell.group.${props.name}`)}</h2>
      <ul>
        {props.pages.map(({ path, text, icon }) => (
          <li key={path}>
            <NavLink to={path} end={path === "/"} onClick={props.onGo}>
              <Icon name={icon} />
              <span>{t(`shell.page.${text}`)}</span>
            </NavLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
