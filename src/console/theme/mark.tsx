/** Two doors and the person between them. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect className="mark-ground" width="32" height="32" rx="7" />
      <path className="mark-door" d="M5 26V7h8v19M19 26V7h8v19M3 26h26" />
      <circle className="mark-head" cx="16" cy="13" r="2.3" />
      <path className="mark-body" d="M16 17v6" />
    </svg>
  );
}
