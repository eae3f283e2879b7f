import { useState } from "react";
import { Icon } from "../theme/icons.tsx";

/** A decorative picture, or a figure in its place where it cannot be had. */
export function FallbackPicture({ address }: { readonly address: string }) {
  const [missing, setMissing] = useState(false);
  if (missing) {
    return (
      <span className="picture-missing">
        <Icon name="person" />
      </span>
    );
  }
  return <img src={address} alt="" onError={() => setMissing(true)} />;
}
