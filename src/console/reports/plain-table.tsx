import { useEffect, useRef } from "react";

/** Scrolls by itself where it is wider than the page; with the keyboard as well. */
export function PlainTable(props: {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}) {
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    // Where nothing scrolls, nobody has to stop at it.
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
    element.tabIndex = scrollWidth > clientWidth || scrollHeight > clientHeight ? 0 : -1;
  });
  return (
    <section className="plain-table" ref={frame} aria-label={props.caption}>
      <table>
        <thead>
          <tr>
            {props.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no name of their own, and never change places
            <tr key={at}>
              {row.map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a cell is what stands in its column
                <td key={column}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
