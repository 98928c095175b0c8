import type { Sink } from './sink.ts';

/**
 * What stands for signs of ours on a terminal that knows ASCII only; one column each, so that a screen keeps
 * its shape.
 */
const signs: Readonly<Record<string, string>> = {
  '›': '>',
  '·': '-',
  '•': '*',
  '│': '|',
  '─': '-',
  '◉': '*',
  '◯': 'o',
  '●': '*',
  '○': 'o',
  '█': '#',
  '→': '>',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '–': '-',
  '—': '-',
  '\u00a0': ' ',
};
const known = new RegExp(`[${Object.keys(signs).join('')}…]`, 'g');

/**
 * Says whether a locale is one of ASCII, or of another charset than UTF-8. Where none is set, UTF-8 is the
 * rule today.
 */
export function isAsciiLocale(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  const charset = /\.([^@]*)/.exec(locale)?.[1];
  return /^(?:C|POSIX)$/i.test(locale) || (charset !== undefined && !/^utf-?8$/i.test(charset));
}

/**
 * Opens a terminal that gets our signs in ASCII. Letters of the person's stay as they are: no other ones
 * would be their words. Where nothing is drawn over, `…` is three dots.
 */
export function openAsciiSink<S extends Sink>(
  stream: S,
  { isDrawnOver }: { readonly isDrawnOver: boolean },
): S {
  const cutMark = isDrawnOver ? '~' : '...';
  const write: Sink['write'] = (text, done) => {
    return stream.write(
      typeof text === 'string' ? text.replace(known, sign => signs[sign] ?? cutMark) : text,
      done,
    );
  };
  return new Proxy(stream, {
    get: (target, name) => {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
