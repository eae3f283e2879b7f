import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import type { GetWatchData } from "../api/client.ts";
import type { Session } from "../api/session.ts";
import { useSite } from "../live/use-site.ts";
import type { ConsolePage } from "../shell/pages.tsx";
import { LanguageToggle } from "../texts/language-toggle.tsx";
import { useLanguage } from "../texts/use-language.ts";
import { Icon } from "../theme/icons.tsx";
import { Mark } from "../theme/mark.tsx";
import { ThemeToggle } from "../theme/theme-toggle.tsx";
import { useWall } from "./wall-context.ts";
import type { Left } from "./wall-frame.tsx";

/** Which screen this is, what of the site it shows, and who is signed in at it. */
export function WallHeader(props: {
  readonly own: GetWatchData;
  readonly session: Session | null;
  readonly left: Left | null;
  readonly pages: readonly ConsolePage[];
  readonly onLeave: () => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { state } = useSite();
  const { own, session } = props;
  return (
    <header className="page-header wall-header">
      <div className="brand">
        <Mark />
        <div>
          <h1>{state === null ? t("app.name") : state.site.name[language]}</h1>
          <span>{own.vestibules === null ? own.name : t("watch.someDoors", { name: own.name })}</span>
        </div>
      </div>
      <nav className="wall-nav" aria-label={t("shell.menu")}>
        {props.pages.map(({ path, text, icon }) => (
          <NavLink key={path} to={path} end={path === "/"}>
            <Icon name={icon} />
            <span>{t(`shell.page.${text}`)}</span>
          </NavLink>
        ))}
      </nav>
      <div className="page-actions">
        <ThemeToggle />
        <LanguageToggle />
      </div>
      {session === null ? (
        <Nobody left={props.left} />
      ) : (
        <Somebody session={session} onLeave={props.onLeave} />
      )}
    </header>
  );
}

function Nobody({ left }: { readonly left: Left | null }) {
  const { t } = useTranslation();
  const wall = useWall();
  return (
    <div className="wall-who" data-is="nobody">
      <output>
        {left === null ? null : `${t(`watch.left.${left.why}`, { name: left.username })} `}
        {t("watch.nobody")}
      </output>
      <button type="button" className="small" onClick={wall?.signIn}>
        {t("watch.signIn")}
      </button>
    </div>
  );
}

function Somebody(props: { readonly session: Session; readonly onLeave: () => void }) {
  const { t } = useTranslation();
  const { username, role } = props.session;
  return (
    <div className="wall-who" data-is="somebody">
      <output>{t("watch.signedIn", { name: username, role: t(`operators.role.${role}`) })}</output>
      <button type="button" className="small" onClick={props.onLeave}>
        {t("app.signOut")}
      </button>
    </div>
  );
}
