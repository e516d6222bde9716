/** What a value means, in the vocabulary's language; nothing where its name says it all. */
export function Meaning({ name, is }: { readonly name: string; readonly is: string }) {
  return name.toLowerCase() === is.toLowerCase() ? null : <bdi lang="en">{is}</bdi>;
}
