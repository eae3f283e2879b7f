/** Line icons; always beside a text, so hidden from screen readers. */
const paths = {
  locked: "M7 11V8a5 5 0 0 1 10 0v3M5 11h14v9H5zM12 14.5v2.5",
  released: "M7 11V8a5 5 0 0 1 9.6-2M5 11h14v9H5zM12 14.5v2.5",
  granted: "M4.5 12.5 10 18 19.5 7",
  denied: "M6 6l12 12M18 6 6 18",
  alarm: "M12 3.5 22 20.5H2zM12 10v5M12 17.6v.4",
  door: "M6 21V4h9v17M3 21h18M12 12.5v1",
  camera: "M3 7h11v10H3zM14 11l7-4v10l-7-4",
  person: "M12 4a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7ZM5 21c0-5 3-7.5 7-7.5s7 2.5 7 7.5",
  people:
    "M9 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6ZM2.5 20c0-4.5 2.6-6.8 6.5-6.8s6.5 2.3 6.5 6.8M16 5.3a3 3 0 0 1 0 5.5M17.5 13.6c2.6.6 4 2.8 4 6.4",
  keypad:
    "M5 3h14v18H5zM9 7v.2M12 7v.2M15 7v.2M9 11v.2M12 11v.2M15 11v.2M9 15v.2M12 15v.2M15 15v.2M12 18.5v.2",
  look: "M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12ZM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6Z",
  wait: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18ZM12 7v5.5l3.5 2",
  card: "M3 6h18v12H3zM3 10h18M6.5 14.5h4",
  again: "M5 12a7 7 0 1 0 2.2-5.1M5 4v4.5h4.5",
  note: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16ZM12 11v5M12 8v.2",
  // Faces seen as in a mirror: the arrow points to where the person's own left or right is.
  turnLeft: "M15.5 4a6 7 0 1 1 0 16 6 7 0 0 1 0-16ZM13.5 10.5v.2M17.5 10.5v.2M8 12H2M4.5 9 1.5 12l3 3",
  turnRight: "M8.5 4a6 7 0 1 1 0 16 6 7 0 0 1 0-16ZM6.5 10.5v.2M10.5 10.5v.2M16 12h6M19.5 9l3 3-3 3",
  blink: "M12 3a8 9 0 1 1 0 18 8 9 0 0 1 0-18ZM7.5 10.5q1.7 1.8 3.4 0M13.1 10.5q1.7 1.8 3.4 0M9.5 16.5h5",
  openMouth:
    "M12 3a8 9 0 1 1 0 18 8 9 0 0 1 0-18ZM9 9.5v.2M15 9.5v.2M12 12.8a2.5 3 0 1 1 0 5.6 2.5 3 0 0 1 0-5.6Z",
  chart: "M4 20V4M4 20h16M8.5 16v-5M12.5 16V7M16.5 16v-7",
  tools:
    "M4.5 20 13 11.5M20.5 6.5a4.5 4.5 0 0 1-6 5.8 4.5 4.5 0 0 1 1.8-7.8l-.3 3 2 2zM4 4l5.5 5.5M14.5 14.5 20 20",
  play: "M8 5.5v13l10.5-6.5z",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
