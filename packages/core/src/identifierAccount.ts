import { looksOf, type ReadIdentifier } from './identifierRead.ts';
import { ok, type Result, refuse } from './result.ts';

const LOCAL = /^[^\s@<>"(),:;[\]\\]{1,64}$/u;
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;

/** A mail address: what stands before the @ as it was keyed (a provider may tell capitals apart), the domain in small letters. */
export function readEmail(text: string): Result<ReadIdentifier> {
  const bare = text.replace(/^mailto:/iu, '').replace(/^.*<([^<>]+)>$/u, '$1');
  const at = bare.lastIndexOf('@');
  const local = bare.slice(0, at);
  const domain = bare
    .slice(at + 1)
    .toLowerCase()
    .replace(/\.$/u, '');
  const labels = domain.split('.');
  const sound = at > 0 && LOCAL.test(local) && !/^\.|\.\.|\.$/u.test(local) && labels.length > 1 && domain.length <= 253;
  if (!sound || !labels.every((label) => LABEL.test(label)) || /^\p{N}+$/u.test(labels.at(-1) ?? ''))
    return refuse('email-invalid', 'value');
  const value = `${local}@${domain}`;
  return ok({ type: 'email', value, warnings: looksOf(value) });
}

/** The name or number under which a service knows an account, as it was keyed: only its service knows what it may hold. */
export function readUserId(text: string): Result<ReadIdentifier> {
  if (/\p{Cc}/u.test(text)) return refuse('user-id-invalid', 'value');
  return ok({ type: 'user_id', value: text, warnings: looksOf(text) });
}
