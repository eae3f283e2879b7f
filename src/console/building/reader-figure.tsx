import type { DisplayView } from "../../ports/controller-services.ts";

/** Reader with its camera on the wall; glows in the colour of what the display says. */
export function ReaderFigure(props: {
  readonly x: number;
  readonly text: DisplayView["text"];
  readonly chosen: boolean;
}) {
  return (
    <g
      className="reader"
      data-text={props.text}
      data-chosen={props.chosen}
      transform={`translate(${props.x} 255)`}
    >
      <circle className="reader-halo" r={17} />
      <rect className="reader-box" x={-8} y={-12} width={16} height={24} rx={3} />
      <rect className="reader-screen" x={-5.5} y={-9} width={11} height={8} rx={1} />
      <path className="reader-waves" d="M-3 6q3-3 6 0M-1 8q1-1 2 0" />
      <circle className="reader-camera" cy={-22} r={5} />
      <circle className="reader-lens" cy={-22} r={2} />
    </g>
  );
}
