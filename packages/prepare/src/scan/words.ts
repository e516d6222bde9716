/** Letters and digits in their plainest form: small, without accents, other signs as single spaces; `dateOfBirth` and `date_of_birth` are one. */
export function plain(text: string): string {
  return (
    text
      .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
      .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
      .normalize('NFD')
      // Latin, Greek and Cyrillic lose their accents; the signs of Arabic, Devanagari and Hangul are letters of their own.
      .replaceAll(/(?<=[\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu, '')
      .normalize('NFC')
      .toLowerCase()
      .replaceAll('ß', 'ss')
      .replaceAll('ø', 'o')
      .replaceAll('ł', 'l')
      .replaceAll('ı', 'i')
      .replaceAll('æ', 'ae')
      .replaceAll(/['’]s\b/gu, 's')
      .replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
      .trim()
  );
}
