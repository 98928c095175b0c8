import { keyCode, type CodedKey } from './coded-keys.ts';

export const escape = '\u001b';
// In characters. A reply with the clipboard's content may be long; all other replies are short.
const longest = 1024 * 1024;
const csi = /\u001b\[([0-9:;<=>?]*)([ -/]*)([@-~])/y;
const csiBegun = /^\u001b\[[0-9:;<=>?]*[ -/]*$/;
const ss3 = /\u001bO[0-9;]*[A-Za-z]/y;
const rxvtKey = /\u001b\[[2-8]\$(?!y)/y;
// The starts of strings that terminals send. A person who types Alt-] or Alt-P continues with other
// characters.
const stringBegun = /\u001b(?:\](?:[0-9lL]|$)|P[0-9;]*(?:[$+>!=|{]|$)|_(?:G|$))/y;

/** The result of reading a sequence that begins with an escape character. */
export type Found =
  /**
   * A complete sequence that ends before `end`. `remaining`: what the filter leaves of it, '' for a reply;
   * undefined for an unknown kind.
   */
  | { readonly is: 'complete'; readonly end: number; readonly remaining: string | undefined }
  | { readonly is: 'part' }
  /** Something else begins at `end`, before the sequence is over. */
  | { readonly is: 'broken'; readonly end: number };

/** Reads the sequence that begins with the escape character at `at`. */
export function sequenceAt(data: string, at: number): Found {
  const sign = data.charAt(at + 1);
  if (sign === '') return { is: 'part' };
  if (sign === '[') return controlAt(data, at);
  if (sign === 'O')
    return (
      matched(ss3, data, at) ?? (/^\u001bO[0-9;]*$/.test(data.slice(at)) ? { is: 'part' } : key(data, at, 2))
    );
  if (sign === escape) return key(data, at, 1);
  // The end of a string that has been given up on.
  if (sign === '\\') return { is: 'complete', end: at + 2, remaining: '' };
  if (isAt(stringBegun, data, at)) return stringAt(data, at);
  // Read all bytes of a multi-byte character.
  const { length } =
    /^(?:[\xc0-\xdf].?|[\xe0-\xef].{0,2}|[\xf0-\xf7].{0,3}|[^])/.exec(data.slice(at + 1, at + 5))?.[0] ?? '';
  return key(data, at, 1 + length);
}

/** Reads `ESC [ … letter`: keys, and most replies. */
function controlAt(data: string, at: number): Found {
  // F1 to F5 of the Linux console, and mouse reports of the oldest terminals.
  if (data.charAt(at + 2) === '[') return data.length > at + 3 ? key(data, at, 4) : { is: 'part' };
  if (data.charAt(at + 2) === 'M')
    return data.length >= at + 6 ? { is: 'complete', end: at + 6, remaining: '' } : { is: 'part' };
  const shifted = matched(rxvtKey, data, at);
  if (shifted !== undefined) return shifted;
  csi.lastIndex = at;
  const found = csi.exec(data);
  if (found !== null) {
    const [sequence, params = '', between = '', final = ''] = found;
    return {
      is: 'complete',
      end: at + sequence.length,
      remaining: filteredSequence({ sequence, params, between, final }),
    };
  }
  const rest = data.slice(at, at + longest);
  if (csiBegun.test(rest)) return { is: 'part' };
  return { is: 'broken', end: at + (/^\u001b\[[0-9:;<=>?]*[ -/]*/.exec(rest)?.[0].length ?? 2) };
}

/** Reads `ESC ] …`, `ESC P …` and similar strings, up to `ESC \` or the bell. */
function stringAt(data: string, at: number): Found {
  for (let end = at + 2; end < data.length; end += 1) {
    const code = data.charCodeAt(end);
    if (code === 7) return { is: 'complete', end: end + 1, remaining: '' };
    if (code === 27 && end + 1 === data.length) return { is: 'part' };
    if (code === 27 && data.charAt(end + 1) === '\\') return { is: 'complete', end: end + 2, remaining: '' };
    if (code < 32 || code === 127 || end - at > longest) return { is: 'broken', end };
  }
  return { is: 'part' };
}

interface Control {
  readonly sequence: string;
  readonly params: string;
  readonly between: string;
  readonly final: string;
}

/**
 * Returns what the filter leaves of a control sequence: the key, '' for a reply, undefined for an unknown
 * kind.
 */
function filteredSequence({ sequence, params, between, final }: Control): string | undefined {
  if (/^[<=>?]/.test(params) && /[0-9$]/.test(sequence.at(-2) ?? ''))
    return /[cmnuyMRS]/.test(final) ? '' : undefined;
  if (between !== '') return /[$&]/.test(between) ? '' : undefined;
  const coded = codedKey(params, final);
  if (coded !== undefined) return keyCode(coded);
  if (/^[0-9]*(?:;[0-9:]*)?$/.test(params) && /[A-FHPQSZ~^@]/.test(final)) {
    // If a terminal reports key releases, keep only the presses.
    return params.endsWith(':3') ? '' : sequence.replace(/:[0-9]*/, '');
  }
  if (params === '' && /[IO]/.test(final)) return '';
  if (/^[0-9]+;[0-9]+/.test(params) && /[RtMx]/.test(final)) return '';
  return /[cnt]/.test(final) ? '' : undefined;
}

/**
 * Reads a key that encodes its letter and modifiers: `ESC [ 27;2;13 ~` of xterm, `ESC [ 13;2 u` of newer
 * terminals.
 */
function codedKey(params: string, final: string): CodedKey | undefined {
  const parts = params.split(';');
  const [first = '', second = '1', third = ''] = parts;
  if (final === '~' && first === '27' && parts.length === 3)
    return { code: Number(third), modifiers: Number(second) };
  if (final !== 'u' || !/^[0-9]+/.test(first)) return undefined;
  const [code, shifted] = first.split(':');
  const [modifiers, event] = second.split(':');
  return {
    code: Number(code),
    modifiers: Number(modifiers || 1),
    shifted: shifted ? Number(shifted) : undefined,
    isRelease: event === '3',
    text: third === '' ? undefined : third.split(':').map(Number),
  };
}

function key(data: string, at: number, length: number): Found {
  return { is: 'complete', end: at + length, remaining: data.slice(at, at + length) };
}

function matched(pattern: RegExp, data: string, at: number): Found | undefined {
  pattern.lastIndex = at;
  const found = pattern.exec(data);
  return found === null ? undefined : { is: 'complete', end: at + found[0].length, remaining: found[0] };
}

function isAt(pattern: RegExp, data: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(data);
}
