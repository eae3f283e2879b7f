import type { Title } from "./shown.ts";

/** Whoever stands there, as in a mirror; the oval is where the face belongs, the arrow where it is to turn. */
export function MirrorPicture(props: {
  readonly picture: string;
  readonly title: Title;
  readonly alt: string;
}) {
  return (
    <figure className="mirror">
      <img src={props.picture} alt={props.alt} />
      <svg viewBox="0 0 160 160" aria-hidden="true" preserveAspectRatio="xMidYMid slice">
        <path
          className="veil"
          fillRule="evenodd"
          d="M-200-200h560v560h-560zM80 22a42 56 0 1 0 0 112a42 56 0 1 0 0-112Z"
        />
        <ellipse className="oval" cx="80" cy="78" rx="42" ry="56" />
        <path className="turn" d={turns[props.title] ?? ""} />
      </svg>
    </figure>
  );
}

/** As in a mirror: one's own left is on the left. */
const turns: Partial<Readonly<Record<Title, string>>> = {
  turnLeft: "M30 78H8m12-14L6 78l14 14",
  turnRight: "M130 78h22m-12-14l14 14l-14 14",
};
