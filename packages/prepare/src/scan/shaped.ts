/** Values that are plainly something else than words, whatever the header says. */
export const SHAPED: readonly RegExp[] = [/@/, /^https?:/i, /^[-+]?[\d.,:/ -]+$/, /^(?:true|false|yes|no|null|n\/a)$/i];
