import { type CSSProperties, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { DoorScreen } from "../../api/display-screen.ts";
import { doorScreenTextsEn as en } from "../texts/door-screen-en.ts";
import { doorScreenTextsZh as zh } from "../texts/door-screen-zh.ts";
import { appearanceAt, timeOfDay } from "./daylight.ts";
import type { DisplayConnection } from "./display-connection.ts";
import { MirrorPicture } from "./mirror-picture.tsx";
import { Pictogram } from "./pictogram.tsx";
import { Progress } from "./progress.tsx";
import { type Shown, shownIn } from "./shown.ts";
import { isSaidAnew, lastScreen, type Situation } from "./situation.ts";
import { Tones } from "./tones.ts";
import { useMirror } from "./use-mirror.ts";

type Language = DoorScreen["settings"]["languages"][number];
const texts = { en, zh } as const;
const tags = { en: "en", zh: "zh-CN" } as const;

/** Nobody has stood there for so long: at night the screen need not light the street. */
const dimAfter = 30_000;

/** All of a screen at a door. */
export function DisplayPage({ connection }: { readonly connection: DisplayConnection }) {
  const situation = useSyncExternalStore(connection.subscribe, connection.situation);
  const shown = shownIn(situation);
  const screen = lastScreen(situation);
  const languages = screen?.settings.languages ?? ["zh", "en"];
  const appearance = screen === null ? "dark" : appearanceAt(screen.settings.appearance, screen.clock);
  const isDim = useRested(shown.title === "ready") && appearance === "dark";
  useTones(situation, shown);
  const picture = useMirror(shown.mirror);
  return (
    <main className="screen" data-manner={shown.manner} data-appearance={appearance} data-dim={isDim}>
      <Header screen={screen} isLive={situation.is === "live"} language={languages[0] ?? "zh"} />
      <div className="picture">
        {picture === null ? (
          <Pictogram title={shown.title} hint={shown.detail} />
        ) : (
          <MirrorPicture
            picture={picture}
            title={shown.title}
            alt={texts[languages[0] ?? "zh"].yourPicture}
          />
        )}
      </div>
      <output className="words">
        {shown.code === null ? null : (
          <p className="code">{`${shown.code.slice(0, 4)} ${shown.code.slice(4)}`}</p>
        )}
        {languages.map((language, index) => (
          <Words key={language} language={language} shown={shown} name={index === 0 ? shown.name : null} />
        ))}
        {shown.progress === null ? null : (
          <Progress {...shown.progress} label={texts[languages[0] ?? "zh"].steps} />
        )}
      </output>
      {shown.remaining === null ? null : <TimeLeft key={shown.title} remaining={shown.remaining} />}
    </main>
  );
}

function Words(props: {
  readonly language: Language;
  readonly shown: Shown;
  /** Said once. */
  readonly name: string | null;
}) {
  const { language, shown, name } = props;
  const words = texts[language];
  const detail = shown.detail === null ? null : { ...words.detail, ...words.hint }[shown.detail];
  return (
    <div className="language" lang={tags[language]}>
      <Line as="title" text={words.title[shown.title]} />
      {name === null ? null : <Line as="detail" text={name} />}
      {detail === null ? null : <Line as="detail" text={detail} />}
    </div>
  );
}

function Line({ as, text }: { readonly as: "title" | "detail"; readonly text: string }) {
  return (
    <p
      className={as}
      style={
        {
          "--em": widthOf(text, as === "title" ? 2 : 1),
        } as CSSProperties /* React knows no properties of our own */
      }
    >
      {text}
    </p>
  );
}

/** Roughly, in letters of Chinese: of Latin ones two take as much room. A title in words may take two lines. */
function widthOf(text: string, lines: 1 | 2): number {
  const width = (words: string): number =>
    (words.match(/[\u2e80-\uffee]/g)?.length ?? 0) * 0.44 + words.length * 0.56;
  const longest = Math.max(...text.split(" ").map(width));
  return lines === 1 ? width(text) : Math.max(longest, width(text) * 0.6);
}

function Header(props: {
  readonly screen: DoorScreen | null;
  readonly isLive: boolean;
  readonly language: Language;
}) {
  const { screen, language } = props;
  return (
    <header className="head">
      <h1 lang={tags[language]}>{screen === null ? "Vestibule" : screen.vestibule[language]}</h1>
      {screen === null || !props.isLive ? null : <time>{timeOfDay(screen.clock)}</time>}
    </header>
  );
}

/** Shrinks to nothing while there is time; known at its beginning, whatever is heard later. */
function TimeLeft({ remaining }: { readonly remaining: number }) {
  const [whole] = useState(remaining);
  return (
    <div className="time-left" aria-hidden="true">
      <i style={{ animationDuration: `${whole}ms` }} />
    </div>
  );
}

function useRested(rests: boolean): boolean {
  const [rested, setRested] = useState(false);
  useEffect(() => {
    if (!rests) return;
    const timer = setTimeout(() => setRested(true), dimAfter);
    return () => {
      clearTimeout(timer);
      setRested(false);
    };
  }, [rests]);
  return rested && rests;
}

/** Once for what is said anew; after silence for nothing, since whoever it was for may be gone. */
function useTones(situation: Situation, shown: Shown): void {
  const tones = useRef<Tones>(null);
  const before = useRef(situation);
  useEffect(() => {
    const last = before.current;
    before.current = situation;
    if (situation.is !== "live" || last.is !== "live" || shown.tone === null) return;
    if (!isSaidAnew(last, situation)) return;
    tones.current ??= new Tones();
    tones.current.play(shown.tone, situation.screen.settings.sound);
  }, [situation, shown.tone]);
}
