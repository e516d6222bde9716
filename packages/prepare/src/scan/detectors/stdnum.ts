import { stdnum } from 'stdnum';

/** A check of the stdnum package: whether it takes the number as valid. Named for what does not exist, so that a wrong name stops at once. */
export function byStdnum(country: string, number: string): (text: string) => boolean {
  const validator = stdnum[country]?.[number];
  if (validator === undefined) throw new TypeError(`stdnum knows no ${country}.${number}`);
  return (text) => {
    const { stackTraceLimit } = Error;
    // The package answers with an error whose trace nobody reads, and of which most of the time went into writing it.
    Error.stackTraceLimit = 0;
    try {
      return validator.validate(text).isValid;
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  };
}
