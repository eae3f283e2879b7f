interface AreaLabel {
  readonly x: number;
  readonly text: string;
}

/** What stands still: street, room and vault. Reaches beyond the view at both sides, for wide screens. */
export function StageSet({ bank, areas }: { readonly bank: string; readonly areas: readonly AreaLabel[] }) {
  return (
    <g className="stage" aria-hidden="true">
      <Street bank={bank} />
      <rect className="room" x={230} y={50} width={300} height={300} />
      <path className="room-line" d="M256 330H504M256 336H504" />
      <path className="room-lamp" d="M380 50v22M358 86q22-26 44 0z" />
      <path className="room-light" d="M358 88 300 350H460L402 88z" />
      <Vault />
      <rect className="roof" x={222} y={38} width={1038} height={14} />
      <rect className="floor" x={-500} y={350} width={1760} height={22} />
      {areas.map(({ x, text }) => (
        <text key={x} className="area-label" x={x} y={30} textAnchor="middle">
          {text}
        </text>
      ))}
    </g>
  );
}

function Street({ bank }: { readonly bank: string }) {
  return (
    <>
      <rect className="sky" x={-500} y={-400} width={1760} height={750} />
      <circle className="sun" cx={44} cy={92} r={20} />
      <path className="cloud" d="M88 96q2-14 17-12 6-14 21-8 13 0 13 12 10 2 8 10H86q-4-1 2-2z" />
      <path className="trunk" d="M28 350v-66" />
      <path className="leaves" d="M28 212q26 4 24 34 8 34-24 36-32-2-24-36-2-30 24-34z" />
      <g className="awning">
        <path className="sign" d="M150 118h72v30h-72z" />
        <text x={186} y={139} textAnchor="middle">
          {bank}
        </text>
      </g>
      <path className="kerb" d="M-500 350h722" />
    </>
  );
}

function Vault() {
  return (
    <>
      <rect className="vault" x={530} y={50} width={730} height={300} />
      <path className="vault-boxes" d={boxes()} />
      <g className="gold">
        {[0, 1, 2].map((column) => (
          <path key={column} d={`M${690 + column * 20} 350l3-12h13l3 12z`} />
        ))}
        <path d="M700 338l3-12h13l3 12zM720 338l3-12h13l3 12zM710 326l3-12h13l3 12z" />
      </g>
    </>
  );
}

/** Safe-deposit boxes: five rows of six, each with its keyhole. */
function boxes(): string {
  const rows = [0, 1, 2, 3, 4];
  const columns = [0, 1, 2, 3, 4, 5];
  return rows
    .flatMap((row) => columns.map((column) => `M${580 + column * 28} ${78 + row * 24}h24v20h-24zm18 10h2`))
    .join("");
}
