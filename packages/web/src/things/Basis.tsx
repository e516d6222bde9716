/** Where a rule comes from, as a link when there is one. A citation stays in the language of its source. */
export function Basis({ cite }: { readonly cite: { readonly ref: string; readonly url?: string | undefined } | undefined }) {
  if (cite === undefined) return null;
  const text = (
    <bdi lang="en" className="basis">
      {cite.ref}
    </bdi>
  );
  return cite.url === undefined ? (
    <span className="small quiet">{text}</span>
  ) : (
    <a className="small" href={cite.url} target="_blank" rel="noreferrer">
      {text}
    </a>
  );
}
