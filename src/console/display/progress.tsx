/** Which of how many: dots need no language. */
export function Progress(props: { readonly step: number; readonly of: number; readonly label: string }) {
  const { step, of, label } = props;
  const spoken = label.replace("{{step}}", String(step)).replace("{{of}}", String(of));
  return (
    <p className="progress">
      <span className="visually-hidden">{spoken}</span>
      <span className="count" aria-hidden="true">
        {step} / {of}
      </span>
      {Array.from({ length: of }, (_, index) => (
        <i key={index} data-done={index < step} aria-hidden="true" />
      ))}
    </p>
  );
}
